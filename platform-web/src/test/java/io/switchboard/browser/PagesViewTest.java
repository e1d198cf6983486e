package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Web pages in a knowledge base, as an editor adds them. */
@TestPropertySource(properties = "switchboard.allow-private-networks=true")
class PagesViewTest extends BrowserTest {

    @Test
    void let_an_editor_add_a_page_and_read_it_again() throws Exception {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        site.createContext("/hours", exchange -> {
            byte[] body = "<h1>Opening hours</h1><p>The museum opens at nine.</p>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        site.start();
        try {
            SignedInOwner owner = newTenant();
            String base = owner.api()
                    .post("/api/v1/knowledge-bases", Map.of("name", "Web site"))
                    .text("id");
            String good = "http://127.0.0.1:" + site.getAddress().getPort() + "/hours";
            Page page = signedIn(owner.owner().email(), Browsing.WIDE);
            visit(page, "/knowledge/" + base);

            add(page, "ftp://example.org/");
            assertThat(page.getByText("must begin with https:// or http://").first())
                    .isVisible();
            Browsing.keep(page, "page-refused");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                    .click();
            add(page, good.replace("/hours", "/gone"));
            assertThat(page.getByText("The site answered with status 404.").first())
                    .isVisible();
            add(page, good);
            assertThat(page.getByText("Ready", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions()
                                    .setName("Read " + good + " again")
                                    .setExact(true))
                    .click();
            assertThat(page.getByText("The page is being fetched").first()).isVisible();
            assertThat(page.getByText("Ready", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
            Browsing.keep(page, "pages");
            Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
            visit(narrow, "/knowledge/" + base);
            Browsing.keep(narrow, "pages-narrow");
            assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(Browsing.NARROW);
            assertThat(complaints).isEmpty();
        } finally {
            site.stop(0);
        }
    }

    private static void add(Page page, String address) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add web page"))
                .click();
        page.getByLabel("Address of the page").fill(address);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read page"))
                .click();
    }
}
