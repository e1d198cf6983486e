package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.ApiClient;
import io.switchboard.TestSite;
import io.switchboard.conversations.AnswerWatchers;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A bot on somebody else's page: one script tag there, origin checks and limits here. */
class WebchatPageTest extends BrowserTest {

    private static final List<String> SUGGESTIONS = List.of(
            "Hello",
            "Opening hours",
            "Prices",
            "Which rooms can be reached without steps, and where is the lift?",
            "Guided tours",
            "The café",
            "School classes",
            "Lost property",
            "Parking",
            "How do I get there from the main station?");

    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";

    @Autowired
    AnswerWatchers watchers;

    @Test
    void answers_a_visitor_of_another_page_by_keyboard_alone() throws Exception {
        try (TestSite site = TestSite.open()) {
            SignedInOwner owner = newTenant();
            Page page = visit(site, newChat(owner, "https://www.example.org " + origin(site)));

            Locator opener = opener(page);
            opener.waitFor();
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Write a message").first()).isFocused();
            page.keyboard().type("When do you open? <b>no html</b>");
            page.keyboard().press("Enter");

            Locator log = page.getByRole(AriaRole.LOG);
            assertThat(log.locator(".bot")).hasCount(2);
            assertThat(log.locator(".visitor")).hasCount(1);
            assertThat(log.locator(".visitor b")).hasCount(0);
            assertThat(log).hasAttribute("aria-live", "polite");
            Browsing.keep(page, "webchat-narrow");

            page.keyboard().press("Escape");
            assertThat(opener).isFocused();
            Page again = page.context().newPage();
            again.navigate(site.url("/"));
            again.setViewportSize(Browsing.WIDE, 844);
            opener(again).click();
            assertThat(again.getByRole(AriaRole.LOG).locator(".visitor")).hasCount(1);
            assertThat(again.getByRole(AriaRole.LOG).locator(".bot")).hasCount(2);
            Browsing.keep(again, "webchat");

            ApiClient.Reply inbox = owner.api().get("/api/v1/conversations");
            assertThat(inbox.json().path("items").size()).isEqualTo(1);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void shows_what_is_being_written_until_it_is_said() throws Exception {
        try (TestSite site = TestSite.open()) {
            SignedInOwner owner = newTenant();
            ApiClient.Reply made = newChat(owner, origin(site));
            Page page = visit(site, made);
            opener(page).click();
            Locator field = page.getByLabel("Write a message").first();
            Locator log = page.getByRole(AriaRole.LOG);
            field.fill("When do you open?");
            field.press("Enter");
            assertThat(log.locator(".bot")).hasCount(2);
            ApiClient.Reply talk = owner.api().get("/api/v1/conversations");

            watchers.of(
                            owner.tenant().id(),
                            new ChannelId(UUID.fromString(made.text("id"))),
                            new ConversationId(UUID.fromString(talk.text("/items/0/id"))))
                    .orElseThrow()
                    .accept("We open **at ten**.");

            Locator draft = log.locator(".draft");
            assertThat(draft).hasText("We open at ten.");
            assertThat(draft).hasAttribute("aria-hidden", "true");
            Browsing.keep(page, "webchat-draft");
            assertThat(watchers.of(newTenant().tenant().id(), ChannelId.next(), ConversationId.next()))
                    .as("nobody is there")
                    .isEmpty();
            field.fill("And when do you close?");
            field.press("Enter");
            assertThat(log.locator(".bot")).hasCount(3);
            assertThat(draft).hasCount(0);
        }
    }

    @Test
    void offers_what_to_ask_and_asks_what_is_pressed() throws Exception {
        try (TestSite site = TestSite.open()) {
            SignedInOwner owner = newTenant();
            ApiClient.Reply made = newChat(owner, origin(site));
            suggest(owner, made.text("botId"), SUGGESTIONS);
            Page page = visit(site, made);
            opener(page).click();
            page.keyboard().type("Who was the third director?");
            page.keyboard().press("Enter");

            Locator log = page.getByRole(AriaRole.LOG);
            assertThat(log.locator(".choices button")).hasCount(10);
            Browsing.keep(page, "webchat-choices");
            log.locator(".choices button").first().click();

            assertThat(log.locator(".visitor")).hasCount(2);
            assertThat(log.locator(".bot")).hasCount(3);
            assertThat(log.locator(".bot").last()).containsText("Hello!");
            assertThat(log.locator(".choices")).hasCount(1);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void shows_a_visitor_the_files_that_a_person_sends_and_nobody_else() throws Exception {
        try (TestSite site = TestSite.open()) {
            SignedInOwner owner = newTenant();
            ApiClient.Reply made = newChat(owner, origin(site));
            Page page = visit(site, made);
            opener(page).click();
            page.keyboard().type("Is there a map?");
            page.keyboard().press("Enter");
            Locator log = page.getByRole(AriaRole.LOG);
            assertThat(log.locator(".bot")).hasCount(2);
            String talk = "/api/v1/conversations/"
                    + owner.api().get("/api/v1/conversations").text("/items/0/id");
            byte[] map = Pictures.png(300, 200);

            ApiClient.Reply sent = owner.api().upload(talk + "/reply", "Map <b>.png", "image/png", map);
            assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
            owner.api().upload(talk + "/reply", "prices.txt", "text/plain", "Adults: 9 euros".getBytes(UTF_8));

            Locator files = log.locator(".file");
            assertThat(files).hasCount(2);
            assertThat(files.first()).containsText("Map <b>.png (");
            assertThat(log.locator("img")).hasJSProperty("naturalWidth", 300);
            Download saved = page.waitForDownload(() -> files.last().click());
            assertThat(saved.suggestedFilename()).isEqualTo("prices.txt");
            assertThat(Files.readString(saved.path())).isEqualTo("Adults: 9 euros");
            Browsing.keep(page, "webchat-files");
            assertThat(complaints).isEmpty();
            String file = path(made) + "/files/" + sent.text("id");
            assertThat(visitor(origin(site), SECRET).get(file).status())
                    .as("another visitor")
                    .isEqualTo(404);
            assertThat(visitor("https://evil.example.org", SECRET).get(file).status())
                    .as("another page")
                    .isEqualTo(403);
            assertThat(visitor(origin(site), SECRET)
                            .get(path(made) + "/files/x")
                            .status())
                    .isEqualTo(404);
        }
    }

    private void suggest(SignedInOwner owner, String bot, List<String> texts) {
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/bots/" + bot);
        assertThat(suggestion(page, 4)).hasCount(0);
        for (int i = 0; i < texts.size(); i++) {
            suggestion(page, i + 1).fill(texts.get(i));
            suggestion(page, i + 1).press("Tab");
        }
        Browsing.keep(page, "bot-suggestions");
        page.setViewportSize(Browsing.NARROW, 844);
        Browsing.keep(page, "bot-suggestions-narrow");
        page.setViewportSize(Browsing.WIDE, 844);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save draft"))
                .click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Publish").setExact(true))
                .click();
        assertThat(page.getByText("Version 2 is live").first()).isVisible();
    }

    private static Locator suggestion(Page page, int number) {
        return page.locator("vaadin-text-field")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText("Suggestion " + number, new Page.GetByTextOptions().setExact(true))))
                .locator("input");
    }

    @Test
    void serves_no_page_that_the_tenant_has_not_named() {
        SignedInOwner owner = newTenant();
        String chat = path(newChat(owner, "https://www.example.org"));
        Map<String, String> message = Map.of("id", "abcdefgh1", "text", "Hello");

        assertThat(visitor("https://www.example.org", SECRET)
                        .post(chat + "/messages", message)
                        .status())
                .isEqualTo(202);
        for (String origin : List.of("https://evil.example.org", "http://www.example.org", "null")) {
            assertThat(visitor(origin, SECRET).post(chat + "/messages", message).status())
                    .as(origin)
                    .isEqualTo(403);
            assertThat(visitor(origin, SECRET).get(chat + "/events").status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(anonymous()
                        .withHeader("X-Visitor", SECRET)
                        .post(chat + "/messages", message)
                        .status())
                .as("no origin")
                .isEqualTo(403);
        assertThat(visitor("https://www.example.org", "short")
                        .post(chat + "/messages", message)
                        .status())
                .isEqualTo(400);
        assertThat(visitor("https://www.example.org", SECRET)
                        .post(chat.replaceAll("[^/]+$", "AAAAAAAAAAAAAAAAAAAAAA") + "/messages", message)
                        .status())
                .isEqualTo(404);
        assertThat(anonymous().get(chat + ".js").status()).isEqualTo(200);
        assertThat(anonymous()
                        .get(chat.replaceAll("[^/]+$", "AAAAAAAAAAAAAAAAAAAAAA") + ".js")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void serves_the_pages_that_the_tenant_names_later() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply made = newChat(owner, "https://www.example.org");
        String chat = path(made);
        Map<String, String> message = Map.of("id", "abcdefgh1", "text", "Hello");

        ApiClient.Reply changed = owner.api()
                .patch("/api/v1/channels/" + made.text("id"), Map.of("allowedOrigins", "https://shop.example.org"));

        assertThat(changed.text("/settings/allowedOrigins")).isEqualTo("https://shop.example.org");
        assertThat(visitor("https://shop.example.org", SECRET)
                        .post(chat + "/messages", message)
                        .status())
                .isEqualTo(202);
        assertThat(visitor("https://www.example.org", SECRET)
                        .post(chat + "/messages", message)
                        .status())
                .isEqualTo(403);
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/channels/" + made.text("id"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change your pages"))
                .click();
        Locator field = page.locator("vaadin-dialog input").first();
        field.fill("nowhere");
        Locator save = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"));
        save.click();
        assertThat(page.getByText("is one to 20 origins").first()).isVisible();
        field.fill("https://www.example.org");
        save.click();
        assertThat(page.getByText("It holds for the next page").first()).isVisible();
        Browsing.keep(page, "webchat-pages-changed");
        assertThat(visitor("https://www.example.org", SECRET)
                        .post(chat + "/messages", message)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void takes_a_message_once_and_not_too_many_of_them() {
        SignedInOwner owner = newTenant();
        String chat = path(newChat(owner, "https://www.example.org"));
        ApiClient visitor = visitor("https://www.example.org", SECRET);
        visitor.post(chat + "/messages", Map.of("id", "abcdefgh1", "text", "Hello"));
        visitor.post(chat + "/messages", Map.of("id", "abcdefgh1", "text", "Hello"));

        int refused = 0;
        for (int i = 0; i < 40; i++) {
            ApiClient.Reply reply =
                    visitor.post(chat + "/messages", Map.of("id", "more-" + UUID.randomUUID(), "text", "Hello " + i));
            refused += reply.status() == 429 ? 1 : 0;
        }

        assertThat(refused).isBetween(10, 30);
        ApiClient other = visitor("https://www.example.org", SECRET.replace('0', '9'));
        assertThat(other.post(chat + "/messages", Map.of("id", "abcdefgh1", "text", "Hello"))
                        .status())
                .as("another visitor")
                .isEqualTo(202);
        assertThat(owner.api().get("/api/v1/conversations").json().path("items").size())
                .isEqualTo(2);
    }

    /** Somebody's page with the chat's script in it. */
    private Page visit(TestSite site, ApiClient.Reply chat) {
        site.put("/", """
                <!doctype html><html lang=en><title>Museum</title><body><h1>Museum</h1><p>Welcome.</p>
                <script src="%s" async data-title="Ask the museum"></script></body></html>
                """.formatted(chat.text("webhookUrl")));
        Page page = open(Browsing.NARROW);
        page.navigate(site.url("/"));
        return page;
    }

    private static Locator opener(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask the museum"));
    }

    private ApiClient visitor(String origin, String secret) {
        return anonymous().withHeader("Origin", origin).withHeader("X-Visitor", secret);
    }

    private static String origin(TestSite site) {
        return site.url("/").replaceAll("/$", "");
    }

    private static String path(ApiClient.Reply made) {
        return java.net.URI.create(made.text("webhookUrl")).getPath().replaceAll("\\.js$", "");
    }

    private ApiClient.Reply newChat(SignedInOwner owner, String origins) {
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Front desk", "mergeWaitMillis", 0))
                .text("id");
        ApiClient.Reply made = owner.api()
                .post(
                        "/api/v1/channels",
                        Map.of("provider", "webchat", "name", "Our page", "botId", bot, "allowedOrigins", origins));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }
}
