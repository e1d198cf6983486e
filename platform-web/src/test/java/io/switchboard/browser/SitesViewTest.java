package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.TestSite;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Web sites in a knowledge base, as an editor adds, follows and removes them. */
@TestPropertySource(properties = "switchboard.allow-private-networks=true")
class SitesViewTest extends BrowserTest {

    private static final double PATIENCE_MILLIS = 60_000;

    @Test
    void lets_an_editor_add_a_site_follow_it_and_take_it_away() throws Exception {
        try (TestSite site = TestSite.open()) {
            site.page("/", "Welcome.", "/hours", "/prices");
            site.page("/hours", "The museum opens at nine.");
            site.page("/prices", "A ticket is twelve euros.");
            SignedInOwner owner = newTenant();
            String base = owner.api()
                    .post("/api/v1/knowledge-bases", Map.of("name", "Web site"))
                    .text("id");
            Page page = signedIn(owner.owner().email(), Browsing.WIDE);
            visit(page, "/knowledge/" + base);

            button(page, "Add web site");
            page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true))
                    .fill("example.org");
            page.getByLabel("Only these addresses").fill("docs and more");
            button(page, "Read site");
            assertThat(page.getByText("must begin with https:// or http://")).isVisible();
            assertThat(page.getByText("Each line begins with / or * and has no spaces")
                            .first())
                    .isVisible();
            Browsing.keep(page, "site-dialog");
            page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true))
                    .fill(site.url("/"));
            page.getByLabel("Only these addresses").fill("");
            button(page, "Read site");

            assertThat(page.getByText("Up to date")).isVisible(within());
            assertThat(page.getByText("3 of 3 addresses looked at · 3 changed · 0 failed · 0 removed"))
                    .isVisible();
            assertThat(page.getByText("Ready", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
            Browsing.keep(page, "sites");
            Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
            visit(narrow, "/knowledge/" + base);
            Browsing.keep(narrow, "sites-narrow");
            assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(Browsing.NARROW);

            button(page, "Remove " + site.url("/"));
            assertThat(page.getByText("Its 3 documents leave every answer. This cannot be undone."))
                    .isVisible();
            Browsing.keep(page, "site-remove");
            button(page, "Remove");
            assertThat(page.getByText("No documents yet")).isVisible(within());
            assertThat(complaints).isEmpty();
        }
    }

    private static LocatorAssertions.IsVisibleOptions within() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
