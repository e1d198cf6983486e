package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.Channel;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.whatsapp.Inboxes;
import io.switchboard.world.FakeFiles;
import io.switchboard.world.FakeTwilio;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** From the webhook to Twilio and back to the API. */
class TwilioConversationTest extends TwilioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "whatsapp:+4915550001";

    @Autowired
    TwilioCatchUp catchUp;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
    }

    /** Class "status goes back": chatwoot#14529, #12661, waha#1912. */
    @Test
    void answers_a_message_once_and_shows_how_far_the_reply_got() {
        line.webhook().text("SM1", CUSTOMER, "When do you open?");
        line.webhook().text("SM1", CUSTOMER, "When do you open?");

        FakeTwilio.Send reply = awaitReplies(1).getFirst();
        assertThat(reply.to()).isEqualTo(CUSTOMER);
        assertThat(reply.text()).isNotBlank();
        for (String status : List.of("read", "delivered", "sent", "queued", "imagined")) {
            assertThat(line.webhook().status(reply, status, Map.of()).status()).isEqualTo(200);
        }

        awaitStatus("READ");
        assertThat(messages()).hasSize(2);
        assertThat(line.account().delivered()).hasSize(1);
    }

    @Test
    void numbers_what_it_offers_and_takes_the_number_for_it() {
        String bot =
                line.owner().api().get("/api/v1/channels/" + line.channelId()).text("botId");
        line.owner().api().patch("/api/v1/bots/" + bot, Map.of("quickReplies", List.of("Prices", "Good morning")));
        line.owner().api().post("/api/v1/bots/" + bot + "/publish");

        line.webhook().text("SM1", CUSTOMER, "Who was the third director?");
        assertThat(awaitReplies(1).getFirst().text()).endsWith("\n\n1. Prices\n2. Good morning");

        line.webhook().text("SM2", CUSTOMER, "2");
        assertThat(awaitReplies(2).getLast().text()).startsWith("Hello!");
    }

    /** Bug class "media": a count of 0 and a file all the same. */
    @Test
    void answers_media_without_words() {
        line.webhook()
                .deliver(line.webhook()
                        .message(
                                "SM1",
                                CUSTOMER,
                                "image",
                                Map.of("NumMedia", "0", "MediaUrl0", "https://x/1", "MediaContentType0", "image/png")));

        assertThat(awaitReplies(1))
                .extracting(FakeTwilio.Send::text)
                .containsExactly(BotSentences.DEFAULTS.unreadable());
    }

    /** Bug class "media": twilio-python#840; the storage host is told no account. */
    @Test
    void hears_a_recording_that_lies_at_a_storage_host() {
        FakeFiles.File stored = FakeFiles.shared().add(FakeFiles.voiceNote("Good morning"));
        String sid = line.webhook().accountSid();
        media(
                "audio/ogg",
                "/2010-04-01/Accounts/" + sid + "/Messages/MM1/Media/"
                        + line.account().addMedia(stored),
                "");

        assertThat(awaitReplies(1).getFirst().text()).startsWith("Hello!");
        assertThat(stored.requests())
                .hasSize(1)
                .first()
                .satisfies(headers -> assertThat(headers).doesNotContainKey("authorization"));
    }

    @Test
    void answers_what_a_picture_shows_together_with_the_words_beneath() {
        String path = "/2010-04-01/Accounts/" + line.webhook().accountSid() + "/Messages/MM1/Media/";
        media(
                "image/jpeg",
                path + line.account().addMedia(FakeFiles.shared().add(FakeFiles.picture("Good morning"))),
                "");
        assertThat(awaitReplies(1).getLast().text()).startsWith("Hello!");

        media(
                "image/jpeg",
                path + line.account().addMedia(FakeFiles.shared().add(FakeFiles.picture("A ticket."))),
                "Good morning");
        assertThat(awaitReplies(2).getLast().text()).doesNotStartWith("Hello!");
    }

    @Test
    void fetches_nothing_of_another_account() {
        FakeFiles.File stored = FakeFiles.shared().add(FakeFiles.voiceNote("Good morning"));
        media(
                "audio/ogg",
                "/2010-04-01/Accounts/AC1/Messages/MM1/Media/"
                        + FakeTwilio.shared().account("AC1").addMedia(stored),
                "");

        assertThat(awaitReplies(1).getFirst().text()).isEqualTo(BotSentences.DEFAULTS.unreadable());
        assertThat(stored.requests()).isEmpty();
    }

    private void media(String type, String path, String body) {
        line.webhook()
                .deliver(line.webhook()
                        .message(
                                newMessageSid(),
                                CUSTOMER,
                                type.replaceFirst("/.*", ""),
                                Map.of(
                                        "NumMedia",
                                        "1",
                                        "MediaUrl0",
                                        "https://api.twilio.com" + path,
                                        "MediaContentType0",
                                        type,
                                        "Body",
                                        body)));
    }

    /** A free text outside of the 24 hours is accepted first and fails by status. */
    @Test
    void shows_why_an_accepted_message_failed_later() {
        line.webhook().text("SM1", CUSTOMER, "When do you open?");
        FakeTwilio.Send reply = awaitReplies(1).getFirst();

        line.webhook().status(reply, "sent", Map.of());
        line.webhook().status(reply, "undelivered", Map.of("ErrorCode", "63016", "ErrorMessage", "Outside the window"));

        awaitStatus("FAILED");
        assertThat(messages().getLast().toString()).contains("63016").contains("Outside the window");
    }

    @Test
    void takes_a_status_of_two_parameters_and_none_of_another_account() {
        line.webhook().text("SM1", CUSTOMER, "When do you open?");
        FakeTwilio.Send reply = awaitReplies(1).getFirst();

        line.webhook().post("/status", Map.of("MessageSid", reply.sid(), "MessageStatus", "read", "AccountSid", "AC0"));
        line.webhook().post("/status", Map.of("MessageSid", reply.sid(), "MessageStatus", "delivered"));

        awaitStatus("DELIVERED");
    }

    /** Class "stale replay, the other way round": what we sent without hearing so is not sent again. */
    @Test
    void asks_twilio_before_it_repeats_what_may_have_arrived() {
        line.account().script(new FakeTwilio.Answer.AcceptAndBreak());

        line.webhook().text("SM1", CUSTOMER, "When do you open?");

        awaitStatus("SENT");
        assertThat(line.account().delivered()).hasSize(1);
        assertThat(line.account().lists()).isPositive();
    }

    @Test
    void repeats_what_twilio_did_not_take() {
        line.account().script(new FakeTwilio.Answer.Refuse(503, Map.of(), "{}"));

        line.webhook().text("SM1", CUSTOMER, "When do you open?");

        awaitStatus("SENT");
        assertThat(line.account().requests()).hasSize(2);
        assertThat(line.account().delivered()).hasSize(1);
    }

    @Test
    void learns_from_a_status_what_became_of_an_unclear_send() {
        line.account().script(new FakeTwilio.Answer.AcceptAndBreak());
        line.webhook().text("SM1", CUSTOMER, "When do you open?");
        await().atMost(PATIENCE).until(() -> !line.account().requests().isEmpty());

        line.webhook().status(line.account().requests().getFirst(), "delivered", Map.of());

        awaitStatus("DELIVERED");
        assertThat(line.account().delivered()).hasSize(1);
    }

    @Test
    void stops_the_channel_when_the_token_is_refused_and_goes_on_with_a_new_one() {
        String path = "/api/v1/channels/" + line.channelId();
        line.account().script(FakeTwilio.Answer.error(401, 20003));
        line.webhook().text("SM1", CUSTOMER, "When do you open?");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(line.owner().api().get(path).text("status")).isEqualTo("STOPPED"));
        assertThat(line.owner().api().get(path).text("statusReason")).contains("20003");

        ApiClient.Reply changed =
                line.owner().api().patch(path, Map.of("authToken", "0123456789abcdef0123456789abcdef"));

        assertThat(changed.text("status")).isEqualTo("ACTIVE");
        assertThat(awaitReplies(1)).hasSize(1);
    }

    /** Class "stale replay, over-eager drop": what came while we were down is fetched once, and seen by people. */
    @Test
    void fetches_what_twilio_could_not_deliver() throws IOException {
        line.webhook().text("SM1", CUSTOMER, "Before the outage");
        Instant now = Instant.now();
        for (int i = 2; i <= 6; i++) {
            received("SM" + i, CUSTOMER, "Message " + i, now);
        }
        received("SM7", CUSTOMER, "Long before the channel was made", now.minus(Duration.ofDays(1)));
        line.account().received(line.webhook().accountSid(), "SM8", CUSTOMER, "whatsapp:+1", "To another number", now);
        line.webhook().text("SM4", CUSTOMER, "Message 4");

        assertThat(catchUp.catchUp(routed())).isEqualTo(4);
        assertThat(catchUp.catchUp(routed())).isZero();

        assertThat(new Inboxes(transactions, jdbc).of(line.owner().tenant().id(), line.channelId()))
                .extracting(Inboxes.Row::id)
                .containsExactlyInAnyOrder("SM1", "SM2", "SM3", "SM4", "SM5", "SM6");
    }

    @Test
    void answers_what_it_fetched() {
        received("SM9", CUSTOMER, "Is anybody there?", Instant.now());

        catchUp.soon(routed());

        assertThat(awaitReplies(1)).hasSize(1);
    }

    private void received(String sid, String from, String body, Instant at) {
        line.account()
                .received(line.webhook().accountSid(), sid, from, line.webhook().number(), body, at);
    }

    private RoutedChannel routed() {
        Channel channel = storedChannel(line.owner(), line.channelId());
        return new RoutedChannel(line.owner().tenant().id(), channel);
    }

    private List<FakeTwilio.Send> awaitReplies(int count) {
        await().atMost(PATIENCE).until(() -> line.account().delivered().size() >= count);
        return line.account().delivered();
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
