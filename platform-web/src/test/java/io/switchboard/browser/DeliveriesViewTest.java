package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.ApiClient;
import io.switchboard.whatsapp.meta.MetaWebhook;
import io.switchboard.world.MetaNumber;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page on which people see what a provider delivered. */
class DeliveriesViewTest extends BrowserTest {

    @Test
    void shows_what_came_and_what_was_refused_and_nothing_that_was_written() {
        SignedInOwner owner = newTenant();
        String bot =
                owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
        MetaNumber number = MetaNumber.next();
        ApiClient.Reply channel = owner.api().post("/api/v1/channels", number.channel(bot));
        String path = URI.create(channel.text("webhookUrl")).getPath();
        new MetaWebhook(anonymous(), path, number.appSecret(), number.phoneNumberId())
                .text("wamid." + UUID.randomUUID(), "4915550001", "A very private question");
        new MetaWebhook(anonymous(), path, "another secret", number.phoneNumberId())
                .text("wamid." + UUID.randomUUID(), "4915550001", "A forged question");
        String deliveries = "/api/v1/channels/" + channel.text("id") + "/deliveries";
        await().atMost(Duration.ofSeconds(30))
                .until(() -> owner.api().get(deliveries).json().path("items").size() == 2);

        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            visit(page, "/channels/" + channel.text("id") + "/deliveries");
            assertThat(page.locator("vaadin-grid").getByText("Stored").first()).isVisible();
            assertThat(page.getByText("the signature is missing or wrong").first())
                    .isVisible();
            assertThat(page.content()).doesNotContain("private question").doesNotContain("4915550001");
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            Browsing.keep(page, "deliveries" + (width == Browsing.NARROW ? "-narrow" : ""));
        }
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/channels/" + channel.text("id"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Deliveries"))
                .click();
        page.waitForURL("**/deliveries");
        settle(page);
        page.getByLabel("Kind or error").fill("signature");
        page.keyboard().press("Enter");
        page.waitForURL("**/deliveries?text=signature");
        settle(page);
        assertThat(page.locator("vaadin-grid").getByText("Refused").first()).isVisible();
        // the grid keeps the cells of rows that it no longer shows
        assertThat(page.locator("vaadin-grid").getByText("Stored").first()).isHidden();
        page.getByLabel("Kind or error").fill("no such thing");
        page.keyboard().press("Enter");
        assertThat(page.getByText("No delivery fits both filters.").first()).isVisible();
        assertThat(complaints).isEmpty();
    }
}
