package io.switchboard.whatsapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.ApiClient;
import io.switchboard.browser.BrowserTest;
import io.switchboard.browser.Browsing;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import io.switchboard.kernel.ChannelId;
import io.switchboard.whatsapp.meta.MetaWebhook;
import io.switchboard.world.FakeContents;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeTwilio;
import io.switchboard.world.FakeWaha;
import io.switchboard.world.MetaNumber;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

/** The way from a form to a channel that works, in a browser. */
@ContextConfiguration(initializers = UsesFakeProviders.class)
class ConnectingPagesTest extends BrowserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ConversationService conversations;

    private static final String API_KEY = "waha-api-key-0123456789";

    @Test
    void say_which_kind_of_channel_is_being_connected() {
        SignedInOwner owner = newTenant();
        owner.api().post("/api/v1/bots", Map.of("name", "Front desk"));
        Map<String, String> kinds = Map.of(
                "WhatsApp by Twilio", "Connect a WhatsApp number of Twilio",
                "WhatsApp by WAHA", "Connect a WhatsApp number of WAHA",
                "Web chat on your own page", "Put a chat on your web page");
        for (int width : List.of(Browsing.WIDE, Browsing.NARROW)) {
            Page page = signedIn(owner.owner().email(), width);
            kinds.forEach((kind, heading) -> {
                visit(page, "/channels/new");
                choose(page, kind);
                assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading)))
                        .isVisible();
                assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                Browsing.keep(
                        page,
                        "connect-" + kind.replaceAll(".* ", "").toLowerCase(java.util.Locale.ROOT)
                                + (width == Browsing.NARROW ? "-narrow" : ""));
            });
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void lead_from_the_form_over_the_picture_to_a_session_that_works() {
        SignedInOwner owner = newTenant();
        owner.api().post("/api/v1/bots", Map.of("name", "Front desk"));
        String name = "session-" + UUID.randomUUID();
        FakeWaha.Session session = FakeWaha.shared().session(name);
        session.status("SCAN_QR_CODE");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/channels/new");
        choose(page, "WhatsApp by WAHA");
        fill(page, "Name", "Main number");
        fill(page, "Address of WAHA", FakeWaha.shared().baseUrl());
        fill(page, "API key", API_KEY);
        fill(page, "Session", name);
        fill(page, "HMAC key", "waha-hmac-key-0123456789");
        button(page, "Connect").click();
        page.waitForURL("**/channels/*-*");

        Locator picture = page.getByAltText("QR code that your telephone scans");
        assertThat(picture).isVisible();
        assertThat(page.getByText("it waits for somebody to scan its QR code").first())
                .isVisible();
        assertThat(page.getByText("We have put that right just now").first()).isVisible();
        assertThat(session.config().path("webhooks").size()).isEqualTo(1);
        String first = picture.getAttribute("src");
        assertThat(first).startsWith("data:image/png;base64,");
        Browsing.keep(page, "waha-pairing");
        page.waitForFunction("before => document.querySelector('img.sb-qr').src !== before", first);
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, page.url().replaceAll("https?://[^/]+|\\?.*", ""));
        assertThat(narrow.getByAltText("QR code that your telephone scans")).isVisible();
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        Browsing.keep(narrow, "waha-pairing-narrow");
        assertThat(page.content()).doesNotContain(API_KEY);

        session.status("WORKING");
        assertThat(picture).isHidden();
        assertThat(page.getByText("The telephone is paired.", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        button(page, "Examine now").click();
        assertThat(page.getByText("The session works as").first()).isVisible();

        fill(page, "Your telephone number", "+49 155 50001");
        button(page, "Send").click();
        assertThat(page.getByText("On its way.").first()).isVisible();
        await().atMost(PATIENCE).until(() -> session.delivered().size() == 1);
        Browsing.keep(page, "waha-connected");
        assertThat(complaints).isEmpty();
    }

    @Test
    void say_what_to_do_where_a_test_message_may_not_be_sent() {
        SignedInOwner owner = newTenant();
        String bot =
                owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
        String channel = owner.api()
                .post(
                        "/api/v1/channels",
                        Map.of(
                                "provider", "twilio",
                                "name", "Main number",
                                "botId", bot,
                                "accountSid",
                                        "AC" + UUID.randomUUID().toString().replace("-", ""),
                                "authToken", "5f4dcc3b5aa765d61d8327deb882cf99",
                                "from", "whatsapp:+14155238886"))
                .text("id");
        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            visit(page, "/channels/" + channel);
            fill(page, "Your telephone number", "what");
            button(page, "Send").click();
            assertThat(page.getByText("is written with its country code").first())
                    .isVisible();
            fill(page, "Your telephone number", "+49 155 50001");
            button(page, "Send").click();
            assertThat(page.getByText("has not written to the number yet").first())
                    .isVisible();
            assertThat(page.getByText("to the number first").first()).isVisible();
            Browsing.keep(page, "test-message" + (width == Browsing.NARROW ? "-narrow" : ""));
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void show_the_templates_of_a_number_and_send_one_to_a_customer_of_two_days_ago() {
        SignedInOwner owner = newTenant();
        String bot =
                owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
        MetaNumber number = MetaNumber.next();
        ApiClient.Reply channel = owner.api().post("/api/v1/channels", number.channel(bot));
        FakeMeta.shared()
                .graph()
                .accountOf(number.phoneNumberId())
                .addTemplate(Map.of(
                        "name", "order_ready",
                        "language", "en",
                        "status", "APPROVED",
                        "category", "UTILITY",
                        "components",
                                List.of(
                                        Map.of("type", "BODY", "text", "Hello {{1}}, order {{2}} is ready."),
                                        Map.of(
                                                "type",
                                                "BUTTONS",
                                                "buttons",
                                                List.of(Map.of("type", "QUICK_REPLY", "text", "Thank you"))))))
                .addTemplate("offer", "REJECTED");
        MetaWebhook webhook = new MetaWebhook(
                anonymous(),
                URI.create(channel.text("webhookUrl")).getPath(),
                number.appSecret(),
                number.phoneNumberId());
        String twoDaysAgo =
                Long.toString(Instant.now().minus(Duration.ofDays(2)).getEpochSecond());
        webhook.deliver(webhook.envelope(Map.of(
                "messages",
                List.of(Map.of(
                        "from",
                        "4915550001",
                        "id",
                        "wamid." + UUID.randomUUID(),
                        "timestamp",
                        twoDaysAgo,
                        "type",
                        "text",
                        "text",
                        Map.of("body", "Is my order ready?"))))));
        String conversation = owner.api().get("/api/v1/conversations").text("/items/0/id");
        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            String narrow = width == Browsing.NARROW ? "-narrow" : "";
            Page page = signedIn(owner.owner().email(), width);
            visit(page, "/channels/" + channel.text("id"));
            button(page, "Sync").click();
            assertThat(page.getByText("Hello {{1}}, order {{2}} is ready.").first())
                    .isVisible();
            assertThat(page.getByText("Rejected", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            Browsing.keep(page, "templates" + narrow);

            page.navigate("/conversations/" + conversation);
            button(page, "Send a template").click();
            page.getByLabel("Text: 1").first().fill("Ann");
            assertThat(page.getByText("Hello Ann, order {{2}} is ready.").first())
                    .isVisible();
            button(page, "Send the template").click();
            assertThat(page.getByText("is missing").first()).isVisible();
            page.getByLabel("Text: 2").first().fill("A-17" + narrow);
            assertThat(page.getByText("Hello Ann, order A-17" + narrow + " is ready.")
                            .first())
                    .isVisible();
            Browsing.keep(page, "template-dialog" + narrow);
            button(page, "Send the template").dblclick();
            assertThat(page.getByText("by Olivia Owner with the template order_ready"))
                    .hasCount(width == Browsing.NARROW ? 1 : 2);
            Browsing.keep(page, "template-sent" + narrow);
        }
        await().atMost(PATIENCE)
                .until(() -> FakeMeta.shared()
                                .number(number.phoneNumberId())
                                .delivered()
                                .size()
                        == 2);
        assertThat(owner.api()
                        .get("/api/v1/conversations/" + conversation + "/messages")
                        .json()
                        .path("items"))
                .as("the question, and a template of each page, however often it was pressed")
                .hasSize(3);
        assertThat(complaints).isEmpty();
    }

    @Test
    void show_the_contents_of_a_number_at_twilio_and_send_one_to_a_customer_of_two_days_ago() {
        SignedInOwner owner = newTenant();
        String bot =
                owner.api().post("/api/v1/bots", Map.of("name", "Front desk")).text("id");
        String account = "AC" + UUID.randomUUID().toString().replace("-", "");
        ApiClient.Reply channel = owner.api()
                .post(
                        "/api/v1/channels",
                        Map.of(
                                "provider",
                                "twilio",
                                "name",
                                "Main number",
                                "botId",
                                bot,
                                "accountSid",
                                account,
                                "authToken",
                                "5f4dcc3b5aa765d61d8327deb882cf99",
                                "from",
                                "whatsapp:+" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L)));
        FakeContents contents = FakeTwilio.shared().account(account).contents();
        contents.add("order_ready", "twilio/text", "approved", Map.of("body", "Hello {{1}}, your order is ready."));
        contents.add("offer", "twilio/text", "unsubmitted", Map.of("body", "Everything must go."));
        conversations.receive(
                owner.tenant().id(),
                new ChannelId(UUID.fromString(channel.text("id"))),
                List.of(new InboundMessage(
                        "SM" + UUID.randomUUID(),
                        Customer.of(CustomerAlias.phone("whatsapp:+4915550001")),
                        MessageContent.of(MessageKind.TEXT, "Is my order ready?"),
                        Instant.now().minus(Duration.ofDays(2)),
                        "{}")));
        String conversation = owner.api().get("/api/v1/conversations").text("/items/0/id");
        Page page = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(page, "/channels/" + channel.text("id"));

        button(page, "Sync").click();
        assertThat(page.getByText("Not submitted", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        Browsing.keep(page, "templates-twilio-narrow");
        page.navigate("/conversations/" + conversation);
        button(page, "Send a template").click();
        page.getByLabel("Text: 1").first().fill("Ann");
        button(page, "Send the template").click();

        assertThat(page.getByText("by Olivia Owner with the template order_ready"))
                .hasCount(1);
        await().atMost(PATIENCE)
                .until(() -> FakeTwilio.shared().account(account).delivered().size() == 1);
        assertThat(FakeTwilio.shared().account(account).delivered().getFirst().form())
                .containsEntry("ContentVariables", "{\"1\":\"Ann\"}");
        assertThat(complaints).isEmpty();
    }

    private static void choose(Page page, String kind) {
        page.locator("vaadin-select", new Page.LocatorOptions().setHasText("Kind of channel"))
                .first()
                .click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(kind))
                .click();
        settle(page);
    }

    private static void fill(Page page, String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .first()
                .fill(value);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
