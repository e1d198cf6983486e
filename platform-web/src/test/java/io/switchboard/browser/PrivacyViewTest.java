package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.simulator.SimulatorService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers' and tenants' data, handed out and erased by people in a browser. */
class PrivacyViewTest extends BrowserTest {

    @Autowired
    SimulatorService simulator;

    @Test
    void let_an_owner_hand_out_and_erase_a_customers_data() {
        SignedInOwner owner = newTenant();
        write(owner, "ann", "Please forget me");
        write(owner, "ben", "Hello");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/conversations");
        page.locator(".sb-inbox-row")
                .filter(new Locator.FilterOptions().setHasText("ann"))
                .click();
        assertThat(page.getByText("Please forget me").first()).isVisible();
        settle(page);

        Download download = page.waitForDownload(
                () -> page.getByLabel("Download this customer’s data").click());
        assertThat(download.suggestedFilename()).isEqualTo("person.json");
        Browsing.keep(page, "conversation-data");
        page.getByLabel("Erase the data of ann").click();
        Locator erase = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Erase").setExact(true));
        assertThat(erase).isDisabled();
        page.getByLabel("Type “ann” to confirm").pressSequentially("ann");
        assertThat(erase).isEnabled();
        Browsing.keep(page, "person-erase");
        erase.click();
        assertThat(page.getByText("A customer’s data was erased").first()).isVisible(patiently());
        Browsing.keep(page, "person-receipt");
        button(page, "Close").click();
        assertThat(page.getByText("Please forget me")).hasCount(0);

        visit(page, "/privacy");
        assertThat(page.getByText("Olivia Owner").first()).isVisible();
        page.getByLabel("Conversations, in days").fill("90");
        page.getByLabel("Conversations, in days").press("Tab");
        button(page, "Save").click();
        assertThat(page.getByText("Saved; the next sweep").first()).isVisible();
        Browsing.keep(page, "privacy");
        Download zip =
                page.waitForDownload(() -> page.getByText("Download everything").click());
        assertThat(zip.suggestedFilename()).isEqualTo("switchboard-export.zip");
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/privacy");
        Browsing.keep(narrow, "privacy-narrow");
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        assertThat(complaints).isEmpty();
    }

    @Test
    void let_an_operator_erase_a_suspended_tenant() {
        SignedInOwner owner = newTenant();
        write(owner, "ann", "Hello");
        String slug = owner.tenant().slug().value();
        Page page =
                signedIn(access.ensureOperator(address("operator"), PASSWORD).email(), Browsing.WIDE);
        newOperator().post("/api/v1/tenants/" + owner.tenant().id() + "/suspend");
        visit(page, "/tenants");

        page.getByLabel("Erase " + owner.tenant().name(), new Page.GetByLabelOptions().setExact(true))
                .click();
        page.getByLabel("Type “" + slug + "” to confirm").pressSequentially(slug);
        Browsing.keep(page, "tenant-erase");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Erase").setExact(true))
                .click();

        assertThat(page.getByText("A tenant was erased").first()).isVisible(patiently());
        Browsing.keep(page, "tenant-receipt");
        assertThat(complaints).isEmpty();
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void write(SignedInOwner owner, String visitor, String text) {
        List<?> bots = owner.api()
                .get("/api/v1/bots")
                .json()
                .path("items")
                .valueStream()
                .toList();
        String bot = bots.isEmpty()
                ? owner.api()
                        .post(
                                "/api/v1/bots",
                                Map.of("name", "Desk", "knowledgeBaseIds", List.of(), "mergeWaitMillis", 0))
                        .text("id")
                : owner.api().get("/api/v1/bots").text("/items/0/id");
        ChannelId channel = simulator
                .channelFor(owner.tenant().id(), new BotId(UUID.fromString(bot)))
                .id();
        simulator.write(owner.tenant().id(), channel, visitor, text);
    }
}
