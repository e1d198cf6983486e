package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Inboxes;
import io.switchboard.world.FakeFiles;
import io.switchboard.world.FakeWaha;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** From the webhook to WAHA and back to the API. */
class WahaConversationTest extends WahaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "123456789@lid";

    @Autowired
    WahaCatchUp catchUp;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
    }

    /** Class "status goes back": waha#1912, #1112. */
    @Test
    void answers_a_message_once_and_shows_how_far_the_reply_got() {
        line.webhook().text("3EB0A1", CUSTOMER, "When do you open?");
        line.webhook().text("3EB0A1", CUSTOMER, "When do you open?");

        FakeWaha.Send reply = awaitReplies(1).getFirst();
        assertThat(reply.to()).isEqualTo(CUSTOMER);
        for (int ack : new int[] {3, 2, 1, 0}) {
            assertThat(line.webhook().ack(reply.id(), CUSTOMER, ack).status()).isEqualTo(200);
        }

        awaitStatus("READ");
        assertThat(line.session().delivered()).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(line.session().signs())
                        .contains("sendSeen " + CUSTOMER + " false_" + CUSTOMER + "_3EB0A1"));
    }

    @Test
    void sends_a_test_message_first_where_no_window_forbids_it() {
        ApiClient.Reply sent = line.owner()
                .api()
                .post("/api/v1/channels/" + line.channelId() + "/test-message", Map.of("phone", "0049 (155) 500-77"));

        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(awaitReplies(1)).singleElement().satisfies(message -> {
            assertThat(message.to()).isEqualTo("4915550077@c.us");
            assertThat(message.text()).contains("This is a test");
        });
        line.webhook().text("3EB0C1", "4915550077@c.us", "It arrived");
        assertThat(awaitReplies(2)).hasSize(2);
        assertThat(line.owner().api().get("/api/v1/conversations").json().path("items"))
                .hasSize(1);
    }

    /** Bug class "media": waha#2049, #1948, #1996; there is a file, and nothing to fetch. */
    @Test
    void answers_a_file_that_failed_to_download() {
        Map<String, Object> file = new HashMap<>();
        file.put("hasMedia", true);
        file.put("media", null);
        line.webhook().deliver(line.webhook().event("message", WahaWebhook.message("3EB0A1", CUSTOMER, file)));

        assertThat(awaitReplies(1)).extracting(FakeWaha.Send::text).containsExactly(BotSentences.DEFAULTS.unreadable());
    }

    /** Bug class "media": WAHA names a host that it knows itself by, and keeps files for minutes only. */
    @Test
    void hears_a_recording_at_the_tenants_own_waha_and_asks_again_for_one_that_is_gone() {
        FakeFiles.File file = FakeFiles.shared().add(FakeFiles.voiceNote("Good morning"));
        String path = line.session().addMedia(line.webhook().session(), file);
        line.session().fetchesAgain("false_" + CUSTOMER + "_3EB0A1", "http://localhost:3000" + path);

        recording("http://localhost:3000/api/files/" + line.webhook().session() + "/gone.oga");

        assertThat(awaitReplies(1).getFirst().text()).startsWith("Hello!");
        assertThat(file.requests())
                .hasSize(1)
                .first()
                .satisfies(headers -> assertThat(headers).containsEntry("x-api-key", API_KEY));
    }

    @Test
    void answers_what_a_picture_shows_together_with_the_words_beneath() {
        file("3EB0A1", "image/jpeg", picture("Good morning"), null, Map.of());
        assertThat(awaitReplies(1).getLast().text()).startsWith("Hello!");

        file("3EB0A2", "image/jpeg", picture("A ticket."), "Good morning", Map.of());
        assertThat(awaitReplies(2).getLast().text()).doesNotStartWith("Hello!");
    }

    @Test
    void looks_at_no_sticker() {
        for (Map<String, ?> data : List.of(
                Map.of("type", "sticker"), Map.of("message", Map.of("stickerMessage", Map.of("isAnimated", true))))) {
            file("3EB0A" + data.hashCode(), "image/jpeg", picture("Good morning"), null, data);
        }

        assertThat(awaitReplies(2)).extracting(FakeWaha.Send::text).containsOnly(BotSentences.DEFAULTS.unreadable());
    }

    private String picture(String shown) {
        FakeFiles.File file = FakeFiles.shared().add(FakeFiles.picture(shown));
        return "http://localhost:3000" + line.session().addMedia(line.webhook().session(), file);
    }

    @Test
    void follows_no_waha_to_another_host() {
        FakeFiles.File elsewhere = FakeFiles.shared().add(FakeFiles.voiceNote("Good morning"));
        FakeFiles.File sending =
                FakeFiles.shared().add(new byte[0]).script(new FakeFiles.Answer.SendOn(302, elsewhere.address()));

        recording(
                "http://localhost:3000" + line.session().addMedia(line.webhook().session(), sending));

        assertThat(awaitReplies(1).getFirst().text()).isEqualTo(BotSentences.DEFAULTS.unreadable());
        assertThat(sending.requests()).hasSize(1);
        assertThat(elsewhere.requests()).isEmpty();
    }

    private void recording(String url) {
        file("3EB0A1", "audio/ogg; codecs=opus", url, null, Map.of());
    }

    private void file(String id, String type, String url, @Nullable String caption, Map<String, ?> data) {
        Map<String, Object> message = new HashMap<>();
        message.put("hasMedia", true);
        message.put("media", Map.of("url", url, "mimetype", type));
        message.put("body", caption);
        message.put("_data", data);
        line.webhook().deliver(line.webhook().event("message", WahaWebhook.message(id, CUSTOMER, message)));
    }

    @Test
    void shows_that_whatsapp_did_not_take_a_message() {
        line.webhook().text("3EB0A1", CUSTOMER, "When do you open?");
        FakeWaha.Send reply = awaitReplies(1).getFirst();

        line.webhook().ack(reply.id(), CUSTOMER, -1);

        awaitStatus("FAILED");
    }

    @Test
    void asks_waha_before_it_repeats_what_may_have_arrived() {
        line.session().behaveAsOldEngine();
        line.session().script(new FakeWaha.Answer.AcceptAndBreak());

        line.webhook().text("3EB0A1", CUSTOMER, "When do you open?");

        awaitStatus("SENT");
        assertThat(line.session().requests()).hasSize(1);
    }

    /** Class "stale replay": waha#2215, #539, #458: what was missed is fetched once, from customers only. */
    @Test
    void fetches_what_waha_could_not_deliver() throws IOException {
        fillSession();

        assertThat(catchUp.catchUp(routed())).isEqualTo(2);
        assertThat(catchUp.catchUp(routed())).isZero();

        assertThat(ids()).containsExactlyInAnyOrder("3EB0A1", "3EB0A2", "3EB0A3");
    }

    @Test
    void asks_chat_by_chat_where_the_engine_does_not_list_all() throws IOException {
        line.session().behaveAsOldEngine();
        fillSession();

        assertThat(catchUp.catchUp(routed())).isEqualTo(2);
    }

    /** Class "dead session, all green", as far as an event tells. */
    @Test
    void fetches_what_it_missed_when_the_session_works_again() {
        line.session().holds(CUSTOMER, false, "3EB0A7", "Is anybody there?", Instant.now());

        line.webhook().deliver(line.webhook().event("session.status", Map.of("status", "STARTING")));
        line.webhook().deliver(line.webhook().event("session.status", Map.of("status", "WORKING")));

        awaitReplies(1);
        assertThat(ids()).containsExactly("3EB0A7");
    }

    /** Class "stale replay": hermes-agent#72870, whatsapp-web.js#1833, nanobot PR#2528: no answer, but people see it. */
    @Test
    void leaves_an_old_message_to_people() {
        long longAgo = Instant.now().minus(Duration.ofHours(6)).getEpochSecond();
        line.webhook()
                .deliver(line.webhook()
                        .event(
                                "message",
                                WahaWebhook.message(
                                        "3EB0A1",
                                        CUSTOMER,
                                        Map.of("body", "Are you open today?", "timestamp", longAgo))));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages())
                        .singleElement()
                        .satisfies(message ->
                                assertThat(message.path("status").asString()).isEqualTo("STALE")));
        line.webhook().text("3EB0A2", "4915550002@c.us", "And now?");
        assertThat(awaitReplies(1)).extracting(FakeWaha.Send::to).containsExactly("4915550002@c.us");
    }

    /** Class "over-eager stale drop": openclaw PR#132260, OpenWA PR#1662: a clock that is minutes wrong loses nothing. */
    @Test
    void answers_a_message_whose_clock_is_some_minutes_wrong() {
        for (int minutes : new int[] {-5, 5}) {
            long shifted = Instant.now().plus(Duration.ofMinutes(minutes)).getEpochSecond();
            line.webhook()
                    .deliver(line.webhook()
                            .event(
                                    "message",
                                    WahaWebhook.message(
                                            "3EB0A" + minutes,
                                            (4915550010L + minutes) + "@c.us",
                                            Map.of("body", "Hello", "timestamp", shifted))));
        }

        assertThat(awaitReplies(2)).hasSize(2);
    }

    /** Class "echo filter by text": openclaw#111425: who repeats the bot's words is answered all the same. */
    @Test
    void answers_a_customer_who_repeats_what_the_bot_said() {
        line.webhook().text("3EB0A1", CUSTOMER, "When do you open?");
        String said = awaitReplies(1).getFirst().text();

        line.webhook().text("3EB0A2", CUSTOMER, said);

        assertThat(awaitReplies(2)).hasSize(2);
    }

    private void fillSession() {
        Instant now = Instant.now();
        line.webhook().text("3EB0A1", CUSTOMER, "Before the outage");
        line.session().holds(CUSTOMER, false, "3EB0A6", "Before the channel was made", now.minus(Duration.ofDays(1)));
        line.session().holds(CUSTOMER, false, "3EB0A1", "Before the outage", now);
        line.session().holds(CUSTOMER, false, "3EB0A2", "During the outage", now);
        line.session().holds("4915550002@c.us", false, "3EB0A3", "From another", now);
        line.session().holds(CUSTOMER, true, "3EB0A4", "Ours", now);
        line.session().holds("1@g.us", false, "3EB0A5", "In a group", now);
        line.session().holds("4930123456@c.us", false, "3EB0A8", "To itself", now);
    }

    private RoutedChannel routed() {
        return new RoutedChannel(line.owner().tenant().id(), storedChannel(line.owner(), line.channelId()));
    }

    private List<String> ids() {
        return new Inboxes(transactions, jdbc)
                .of(line.owner().tenant().id(), line.channelId()).stream()
                        .map(Inboxes.Row::id)
                        .toList();
    }

    private List<FakeWaha.Send> awaitReplies(int count) {
        await().atMost(PATIENCE).until(() -> line.session().delivered().size() >= count);
        return line.session().delivered();
    }

    private void awaitStatus(String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages())
                        .last()
                        .satisfies(message ->
                                assertThat(message.path("status").asString()).isEqualTo(status)));
    }

    private List<JsonNode> messages() {
        ApiClient api = line.owner().api();
        String conversation = api.get("/api/v1/conversations").text("/items/0/id");
        return api.get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
