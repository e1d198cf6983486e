package io.switchboard.whatsapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.switchboard.browser.BrowserTest;
import io.switchboard.browser.Browsing;
import io.switchboard.whatsapp.meta.MetaWebhook;
import io.switchboard.world.FakeFiles;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.MetaNumber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/** What was heard and seen in customers' messages, as people read it in a browser. */
@ContextConfiguration(initializers = UsesFakeProviders.class)
class AttachmentsPageTest extends BrowserTest {

    private static final String HOSTILE = "A sign that reads <img src=x onerror=window.__ran=1>";

    @Test
    void are_told_from_what_the_customer_wrote() {
        SignedInOwner owner = newTenant();
        MetaWebhook webhook = channel(owner);
        deliver(
                webhook,
                "image",
                Map.of("id", media(FakeFiles.picture(HOSTILE)), "mime_type", "image/jpeg", "caption", "May I?"));
        deliver(webhook, "image", Map.of("id", media(FakeFiles.picture("A red mug.")), "mime_type", "image/jpeg"));
        deliver(webhook, "audio", Map.of("id", media(FakeFiles.voiceNote("Good morning")), "mime_type", "audio/ogg"));
        String conversation = owner.api().get("/api/v1/conversations").text("/items/0/id");
        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            page.navigate("/conversations/" + conversation);

            Locator asked = page.locator(".sb-bubble-other").filter(new Locator.FilterOptions().setHasText("May I?"));
            assertThat(asked).containsText("Read from the attachment");
            assertThat(asked).containsText(HOSTILE);
            Locator shown =
                    page.locator(".sb-bubble-other").filter(new Locator.FilterOptions().setHasText("A red mug."));
            assertThat(shown.locator("p")).hasCount(1);
            Locator said =
                    page.locator(".sb-bubble-other").filter(new Locator.FilterOptions().setHasText("Good morning"));
            assertThat(said).containsText("Transcript of a recording");
            assertThat(page.evaluate("() => window.__ran ?? 0")).isEqualTo(0);
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            Browsing.keep(page, "attachments" + (width == Browsing.NARROW ? "-narrow" : ""));
        }
        assertThat(complaints).isEmpty();
    }

    private MetaWebhook channel(SignedInOwner owner) {
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Front desk", "mergeWaitMillis", 0))
                .text("id");
        MetaNumber number = MetaNumber.next();
        String url = owner.api().post("/api/v1/channels", number.channel(bot)).text("webhookUrl");
        return new MetaWebhook(anonymous(), URI.create(url).getPath(), number.appSecret(), number.phoneNumberId());
    }

    private static String media(byte[] content) {
        return FakeMeta.shared().graph().addMedia(FakeFiles.shared().add(content));
    }

    private static void deliver(MetaWebhook webhook, String type, Map<String, ?> media) {
        webhook.deliver(webhook.envelope(Map.of(
                "messages",
                List.of(Map.of("id", "wamid." + UUID.randomUUID(), "from", "4915550001", "type", type, type, media)))));
    }
}
