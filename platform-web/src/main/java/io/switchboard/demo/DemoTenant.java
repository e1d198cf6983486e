package io.switchboard.demo;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import java.util.List;

/**
 * An organisation of the demo. The passwords are public, so a demo installation is for trying out and never for real documents.
 *
 * @param documents pattern of the class path resources that are its knowledge
 * @param question one that its documents answer
 */
record DemoTenant(
        Slug slug,
        String name,
        EmailAddress owner,
        String password,
        String knowledgeBase,
        String documents,
        String bot,
        String instructions,
        String refusal,
        String question) {

    static final EmailAddress OPERATOR = new EmailAddress("operator@switchboard.example");
    static final String OPERATOR_PASSWORD = "operator-demo";

    static final DemoTenant SWITCHBOARD = new DemoTenant(
            new Slug("switchboard"),
            "Switchboard",
            new EmailAddress("demo@switchboard.example"),
            "switchboard-demo",
            "Documentation",
            "classpath*:demo/switchboard/*.md",
            "Guide",
            "You help people who set up and run Switchboard. Be brief and precise. Name menus, settings and addresses exactly.",
            "I could not find that in Switchboard's documentation. The file README.md says where to look next.",
            "How do I connect a WhatsApp number?");

    static final DemoTenant HARBOUR = new DemoTenant(
            new Slug("harbour"),
            "Harbour Museum",
            new EmailAddress("harbour@museum.example"),
            "museum-demo",
            "Handbook",
            "classpath*:demo/harbour/*",
            "Front desk",
            "You are the front desk of the Harbour Museum in Westhaven. Be friendly and brief. Give times and prices exactly.",
            "I could not find that in the museum's handbook. Our desk is glad to help: desk@museum.example.",
            "When is the museum open on Sundays?");

    static final List<DemoTenant> ALL = List.of(SWITCHBOARD, HARBOUR);
}
