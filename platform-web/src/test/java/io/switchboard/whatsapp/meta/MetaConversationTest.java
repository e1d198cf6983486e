package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.permissions.Role;
import io.switchboard.world.FakeMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the webhook to Meta and back to the API. */
class MetaConversationTest extends MetaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
    }

    @Test
    void sends_a_test_message_to_a_telephone_that_wrote_and_says_so_where_it_may_not() {
        String path = "/api/v1/channels/" + line.channelId() + "/test-message";
        Map<String, String> telephone = Map.of("phone", "+49 155 50001");

        ApiClient.Reply tooEarly = line.owner().api().post(path, telephone);
        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.text("detail")).contains("24 hours", "has not written", "to the number first");
        assertThat(line.owner().api().post(path, Map.of("phone", "my own")).text("/errors/0/field"))
                .isEqualTo("phone");

        line.webhook().text(newMessageId(), "4915550001", "Hello");
        awaitReplies(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                line.owner().api().post(path, telephone).status())
                        .isEqualTo(202));

        assertThat(awaitReplies(2).getLast().text()).contains("This is a test");
        assertThat(line.owner().api().get("/api/v1/audit").toString())
                .contains("sent a test message", "ending in 0001");
        assertThat(newMember(line.owner().tenant(), Role.AGENT)
                        .post(path, telephone)
                        .status())
                .isEqualTo(403);
        assertThat(newTenant().api().post(path, telephone).status()).isEqualTo(404);

        line.webhook().text(newMessageId(), "4915550001", "And again");
        assertThat(awaitReplies(3)).as("the bot goes on").hasSize(3);
    }

    @Test
    void answers_a_message_once_and_shows_how_far_the_reply_got() {
        String id = newMessageId();
        line.webhook().text(id, "4915550001", "When do you open?");
        line.webhook().text(id, "4915550001", "When do you open?");

        FakeMeta.Send reply = awaitReplies(1).getFirst();
        assertThat(reply.to()).isEqualTo("4915550001");
        assertThat(reply.text()).isNotBlank();

        line.webhook().status(reply, "read");
        line.webhook().status(reply, "delivered");
        line.webhook().status(reply, "sent");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(line.messages())
                        .last()
                        .satisfies(message ->
                                assertThat(message.path("status").asString()).isEqualTo("READ")));
        List<JsonNode> thread = line.messages();
        assertThat(thread).hasSize(2);
        assertThat(thread.getFirst().path("direction").asString()).isEqualTo("IN");
        assertThat(thread.getFirst().path("text").asString()).isEqualTo("When do you open?");
        assertThat(thread.getFirst().path("coveredBy"))
                .isEqualTo(thread.getLast().path("id"));
        assertThat(thread.getLast().path("coveredBy").isNull()).isTrue();
        assertThat(thread.getLast()
                        .path("timeline")
                        .valueStream()
                        .map(step -> step.path("name").asString()))
                .contains("answered", "sent", "read");
        assertThat(line.number().delivered()).hasSize(1);
    }

    @Test
    void stays_silent_on_what_asks_for_nothing() {
        line.webhook()
                .deliver(line.webhook()
                        .envelope(Map.of(
                                "messages",
                                List.of(Map.of(
                                        "id",
                                        newMessageId(),
                                        "from",
                                        "4915550001",
                                        "type",
                                        "reaction",
                                        "reaction",
                                        Map.of("message_id", "wamid.before", "emoji", "👍"))))));
        line.webhook().text(newMessageId(), "4915550002", "When do you open?");

        assertThat(awaitReplies(1)).extracting(FakeMeta.Send::to).containsExactly("4915550002");
    }

    /** Bug class "media": whoever sends what the bot cannot read hears so, once for a burst. */
    @Test
    void answers_what_it_cannot_read_with_the_bots_sentence() {
        String unreadable = "Das kann ich leider nicht lesen.";
        ApiClient owner = line.owner().api();
        String bot = "/api/v1/bots/" + line.botId();
        assertThat(owner.patch(bot, Map.of("unreadable", unreadable)).status()).isEqualTo(200);
        assertThat(owner.post(bot + "/publish", Map.of()).status()).isEqualTo(200);
        Map<String, Map<String, ?>> kinds = Map.of(
                "audio", Map.of("id", "1", "mime_type", "audio/ogg; codecs=opus", "voice", true),
                "image", Map.of("id", "2", "mime_type", "image/jpeg"),
                "video", Map.of("id", "3", "mime_type", "video/mp4"),
                "document", Map.of("id", "4", "mime_type", "application/pdf", "filename", "plan.pdf"),
                "sticker", Map.of("id", "5", "mime_type", "image/webp"),
                "location", Map.of("latitude", 53.5, "longitude", 9.9, "name", "Harbour"));
        int customer = 0;
        for (Map.Entry<String, Map<String, ?>> kind : kinds.entrySet()) {
            deliver("491555010" + customer++, kind.getKey(), kind.getValue());
        }
        deliver("491555010" + customer, "contacts", List.of(Map.of("name", Map.of("formatted_name", "Ada"))));

        assertThat(awaitReplies(kinds.size() + 1))
                .hasSize(kinds.size() + 1)
                .extracting(FakeMeta.Send::text)
                .containsOnly(unreadable);
        assertThat(line.number().delivered()).extracting(FakeMeta.Send::to).doesNotHaveDuplicates();
    }

    /** Bug class "media": what stands under a picture is a question. */
    @Test
    void answers_the_words_under_a_picture() {
        deliver("4915550001", "image", Map.of("id", "1", "mime_type", "image/jpeg", "caption", "Good morning!"));

        assertThat(awaitReplies(1)).extracting(FakeMeta.Send::text).allMatch(text -> text.startsWith("Hello!"));
    }

    private void deliver(String from, String type, Object content) {
        line.webhook()
                .deliver(line.webhook()
                        .envelope(Map.of(
                                "messages",
                                List.of(Map.of("id", newMessageId(), "from", from, "type", type, type, content)))));
    }

    @Test
    void sends_again_what_meta_surely_did_not_take() {
        line.number().script(FakeMeta.Answer.error(500, 131000), FakeMeta.Answer.error(400, 130429));

        line.webhook().text(newMessageId(), "4915550001", "When do you open?");

        assertThat(awaitReplies(1)).hasSize(1);
        assertThat(line.number().requests()).hasSize(3);
    }

    @Test
    void stops_the_channel_when_the_token_is_refused_and_goes_on_with_a_new_one() {
        String path = "/api/v1/channels/" + line.channelId();
        line.number().script(FakeMeta.Answer.error(401, 190));
        line.webhook().text(newMessageId(), "4915550001", "When do you open?");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(line.owner().api().get(path).text("status")).isEqualTo("STOPPED"));
        assertThat(line.owner().api().get(path).text("statusReason")).contains("190");

        ApiClient.Reply changed = line.owner().api().patch(path, Map.of("accessToken", "EAAG-fresh-token-0002"));

        assertThat(changed.text("status")).isEqualTo("ACTIVE");
        line.webhook().text(newMessageId(), "4915550002", "And when do you close?");
        assertThat(awaitReplies(1))
                .first()
                .satisfies(send -> assertThat(send.authorization()).isEqualTo("Bearer EAAG-fresh-token-0002"));
    }

    @Test
    void sends_what_a_person_writes_as_it_is_and_keeps_the_bot_silent_until_it_is_given_back() {
        line.webhook().text(newMessageId(), "4915550001", "When do you open?");
        awaitReplies(1);
        String path = "/api/v1/conversations/" + line.conversation();
        ApiClient owner = line.owner().api();

        assertThat(owner.post(path + "/takeover", Map.of()).text("takenOverBy")).isNotBlank();
        line.webhook().text(newMessageId(), "4915550001", "Is that so?");
        assertThat(owner.post(path + "/reply", Map.of("text", "Yes, at *9*.")).status())
                .isEqualTo(202);

        assertThat(awaitReplies(2))
                .hasSize(2)
                .last()
                .satisfies(send -> assertThat(send.text()).isEqualTo("Yes, at *9*."));
        assertThat(owner.post(path + "/reply", Map.of("text", " ")).status()).isEqualTo(400);
        ApiClient.Reply released = owner.post(path + "/release", Map.of());
        assertThat(released.json().path("takenOverBy").isNull()).isTrue();
        line.webhook().text(newMessageId(), "4915550001", "And when do you close?");
        assertThat(awaitReplies(3)).hasSize(3);
    }

    @Test
    void does_not_show_another_tenants_conversations() {
        line.webhook().text(newMessageId(), "4915550001", "When do you open?");
        String path = "/api/v1/conversations/" + line.conversation();
        ApiClient stranger = newTenant().api();

        assertThat(line.owner().api().get(path).status()).isEqualTo(200);
        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.get(path + "/messages").status()).isEqualTo(404);
        for (String act : List.of("/takeover", "/release", "/reply")) {
            assertThat(stranger.post(path + act, Map.of("text", "Hello")).status())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(stranger.get("/api/v1/conversations").json().path("items")).isEmpty();
        assertThat(line.owner()
                        .api()
                        .get("/api/v1/conversations/" + UUID.randomUUID())
                        .status())
                .isEqualTo(404);
        assertThat(line.owner().api().get(path + "/messages?after=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void offers_buttons_under_its_refusal_and_answers_the_one_that_is_pressed() {
        line.owner().api().patch("/api/v1/bots/" + line.botId(), Map.of("quickReplies", List.of("Hello", "Prices")));
        line.owner().api().post("/api/v1/bots/" + line.botId() + "/publish");
        line.webhook().text(newMessageId(), "4915550001", "Who was the third director?");

        JsonNode buttons = awaitReplies(1).getFirst().body().path("interactive");
        assertThat(buttons.path("body").path("text").asString()).isNotBlank();
        assertThat(buttons.path("action")
                        .path("buttons")
                        .get(1)
                        .path("reply")
                        .path("title")
                        .asString())
                .isEqualTo("Prices");
        assertThat(line.messages().getLast().path("choices").get(0).asString()).isEqualTo("Hello");

        press("button_reply", Map.of("id", "choice-1", "title", "Hello"));

        assertThat(awaitReplies(2)
                        .getLast()
                        .body()
                        .path("interactive")
                        .path("body")
                        .path("text")
                        .asString())
                .startsWith("Hello!");
    }

    @Test
    void offers_a_list_in_its_language_and_takes_a_press_for_the_whole_suggestion() {
        String whole = "Hello, hello, hello, hello and hello";
        String base = line.owner()
                .api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Handbuch", "language", "de"))
                .text("id");
        line.owner()
                .api()
                .patch(
                        "/api/v1/bots/" + line.botId(),
                        Map.of(
                                "knowledgeBaseIds",
                                List.of(base),
                                "quickReplies",
                                List.of("Prices", "Hours", "Rooms", whole)));
        line.owner().api().post("/api/v1/bots/" + line.botId() + "/publish");
        line.webhook().text(newMessageId(), "4915550001", "Who was the third director?");

        JsonNode action = awaitReplies(1).getFirst().body().path("interactive").path("action");
        assertThat(action.path("button").asString()).isEqualTo("Vorschläge ansehen");
        JsonNode row = action.at("/sections/0/rows/3");
        assertThat(row.path("description").asString()).isEqualTo(whole);

        press("list_reply", row);

        await().atMost(PATIENCE).until(() -> line.messages().size() >= 3);
        assertThat(line.messages().get(2).path("text").asString()).isEqualTo(whole);
    }

    private void press(String type, Object pressed) {
        line.webhook()
                .deliver(line.webhook()
                        .envelope(Map.of(
                                "messages",
                                List.of(Map.of(
                                        "from",
                                        "4915550001",
                                        "id",
                                        newMessageId(),
                                        "timestamp",
                                        Long.toString(Instant.now().getEpochSecond()),
                                        "type",
                                        "interactive",
                                        "interactive",
                                        Map.of("type", type, type, pressed))))));
    }

    private List<FakeMeta.Send> awaitReplies(int count) {
        await().atMost(PATIENCE).until(() -> line.number().delivered().size() >= count);
        return line.number().delivered();
    }
}
