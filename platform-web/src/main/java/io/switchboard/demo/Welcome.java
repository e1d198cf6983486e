package io.switchboard.demo;

import io.switchboard.access.AccessService;
import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when the program is ready, where it is and what to do first. */
@Component
class Welcome {

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    private final InstallationSettings installation;
    private final AccessService access;
    private final Environment environment;

    Welcome(InstallationSettings installation, AccessService access, Environment environment) {
        this.installation = installation;
        this.access = access;
        this.environment = environment;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        Duration taken = ready.getTimeTaken();
        String after = taken == null ? "" : " after %.1f s".formatted(taken.toMillis() / 1000.0);
        LOG.info("\n\n  Switchboard is ready{}:  {}\n{}", after, address(), firstSteps(address()));
    }

    private URI address() {
        String port = environment.getProperty("local.server.port", "8080");
        return installation.publicUrl() != null ? installation.publicUrl() : URI.create("http://localhost:" + port);
    }

    private String firstSteps(URI address) {
        if (installation.demo()
                && access.findUser(DemoTenant.SWITCHBOARD.owner()).isPresent()) {
            return demo(address);
        }
        return """

                  Sign in as the operator and found a tenant. SWITCHBOARD_OPERATOR_EMAIL and SWITCHBOARD_OPERATOR_PASSWORD
                  create the first operator. The API explains itself at %s/docs
                """.formatted(address);
    }

    private String demo(URI address) {
        return """

                  %-28s %-18s the product explains itself
                  %-28s %-18s a small organisation with a PDF, a DOCX and a web page
                  %s
                  1. Sign in as %s and open the simulator.
                  2. Ask: %s
                  3. Upload a document of your own under Knowledge and ask about it.
                  The API explains itself at %s/docs

                  These passwords are public. Use a demo for trying out, and --no-demo for real documents.
                """.formatted(
                        DemoTenant.SWITCHBOARD.owner(),
                        DemoTenant.SWITCHBOARD.password(),
                        DemoTenant.HARBOUR.owner(),
                        DemoTenant.HARBOUR.password(),
                        operator(),
                        DemoTenant.HARBOUR.owner(),
                        DemoTenant.HARBOUR.question(),
                        address);
    }

    /** Only if the demo made it: an installation that names its own operator gets no second one with a public password. */
    private String operator() {
        if (access.findUser(DemoTenant.OPERATOR).isEmpty()) {
            return "";
        }
        return "%-28s %-18s runs the installation%n".formatted(DemoTenant.OPERATOR, DemoTenant.OPERATOR_PASSWORD);
    }
}
