package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.access.User;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages on which people see what was done, and whether tenants are kept apart. */
class OversightPagesTest extends BrowserTest {

    private static final Locator.WaitForOptions SOON = new Locator.WaitForOptions().setTimeout(120_000);

    @Autowired
    TenancyService tenancy;

    @Test
    void show_an_owner_what_was_done_and_hand_it_out_as_a_table() throws IOException {
        SignedInOwner owner = newTenant();
        TenantId tenant = owner.tenant().id();
        owner.api().post("/api/v1/knowledge-bases", Map.of("name", "Handbook"));
        var bot = owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
        owner.api().post("/api/v1/bots/" + bot + "/publish");
        owner.api().post("/api/v1/api-keys", Map.of("name", "Till", "role", "ANALYST"));
        newMember(owner.tenant(), Role.ADMIN).post("/api/v1/knowledge-bases", Map.of("name", "Prices"));
        tenancy.changePlan(tenant, "unlimited");

        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            visit(page, "/audit");
            assertThat(page.getByText("Front desk").first()).isVisible();
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            Browsing.keep(page, "audit" + (width == Browsing.NARROW ? "-narrow" : ""));
        }
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/audit");
        page.getByLabel("Who", new Page.GetByLabelOptions().setExact(true)).fill("olivia");
        page.getByLabel("To what").fill("bot");
        page.keyboard().press("Enter");
        page.waitForURL("**/audit?*object=bot*");
        settle(page);
        assertThat(page.getByText("Handbook").locator("visible=true")).hasCount(0);
        assertThat(page.getByText("published bot").first()).isVisible();
        Browsing.keep(page, "audit-filtered");
        Download download =
                page.waitForDownload(() -> page.getByText("Export as CSV").click());
        assertThat(download.suggestedFilename()).isEqualTo("audit.csv");
        assertThat(Files.readString(download.path())).contains("published,bot").doesNotContain("Handbook");

        page.getByLabel("Did what").fill("no such deed");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Nothing fits").first()).isVisible();
        Browsing.keep(page, "audit-nothing");
        assertThat(complaints).isEmpty();
    }

    /** Checklist: ASVS 5.4.1 and 5.4.2, downloads pass the same authorisation as the page they stand on. */
    @Test
    void hand_a_table_to_nobody_but_who_may_see_the_page() {
        SignedInOwner owner = newTenant();
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/audit");
        String address = page.locator("a", new Page.LocatorOptions().setHasText("Export as CSV"))
                .getAttribute("href");
        assertThat(page.request().get("/" + address).status()).isEqualTo(200);

        Page other = signedIn(newTenant().owner().email(), Browsing.WIDE);
        Page stranger = open(Browsing.WIDE);

        assertThat(other.request().get("/" + address).text()).doesNotContain("actor kind");
        assertThat(stranger.request().get("/" + address).text()).doesNotContain("actor kind");
        access.changeSuspension(owner.owner().id(), true);
        assertThat(page.request().get("/" + address).text()).doesNotContain("actor kind");
    }

    @Test
    void let_an_operator_check_the_wall_of_the_running_installation() {
        User operator = access.ensureOperator(address("operator"), PASSWORD);
        SignedInOwner owner = newTenant();
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        Page page = signedIn(operator.email(), Browsing.WIDE);
        visit(page, "/isolation");
        assertThat(SignInPageTest.heading(page, "Isolation check")).isVisible();
        Browsing.keep(page, "isolation-before");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run the check"))
                .click();
        assertThat(page.getByText("The check is running").first()).isVisible();
        Browsing.keep(page, "isolation-running");
        page.getByText("Everything that was tried was refused").waitFor(SOON);
        Browsing.keep(page, "isolation");

        Page narrow = signedIn(operator.email(), Browsing.NARROW);
        visit(narrow, "/isolation");
        assertThat(narrow.getByText("No leak").first()).isVisible();
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        Browsing.keep(narrow, "isolation-narrow");
        visit(page, "/operator-audit");
        assertThat(page.getByText("run isolation check").first()).isVisible();
        Browsing.keep(page, "operator-audit");
        assertThat(complaints).isEmpty();
    }

    @Test
    void let_an_operator_make_the_search_index_anew() {
        User operator = access.ensureOperator(address("operator"), PASSWORD);
        newTenant();
        Page page = signedIn(operator.email(), Browsing.WIDE);
        visit(page, "/search-index");
        assertThat(SignInPageTest.heading(page, "Search index")).isVisible();
        assertThat(page.getByText("SWITCHBOARD_VECTOR_STORE says so").first()).isVisible();
        assertThat(page.getByText("bge-small-en-v1.5-q").first()).isVisible();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Rebuild all"))
                .click();
        page.getByText(Pattern.compile("\\d+ organisations rebuilt, [\\d,]+ chunks"))
                .waitFor(SOON);
        Browsing.keep(page, "search-index");

        Page narrow = signedIn(operator.email(), Browsing.NARROW);
        visit(narrow, "/search-index");
        assertThat(narrow.getByText("organisations rebuilt")).isVisible();
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        Browsing.keep(narrow, "search-index-narrow");
        visit(page, "/operator-audit");
        assertThat(page.getByText("rebuilds search index").first()).isVisible();
        assertThat(complaints).isEmpty();
    }
}
