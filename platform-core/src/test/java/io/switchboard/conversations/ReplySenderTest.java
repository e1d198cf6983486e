package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.bots.BotSentences;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ChannelStatus;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
import io.switchboard.conversations.DeliveryStatus.State;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class ReplySenderTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Autowired
    Desk desk;

    @Autowired
    TurnStore turns;

    @Autowired
    ReplySender sender;

    @Autowired
    ReplyQueue queue;

    @Autowired
    ReplyStore store;

    @Autowired
    StatusBook statuses;

    @Autowired
    ChannelService channels;

    @Autowired
    DeliveryPolicyService policies;

    @Autowired
    TenancyService tenancy;

    @Autowired
    FakeGateway gateway;

    private static final Optional<Duration> SOON = Optional.of(Duration.ofMillis(1));

    private Desk.Line line;
    private ConversationId conversation;
    private ReplyId reply;

    @Test
    void sends_a_reply_once() throws Exception {
        replyWaiting();

        sender.sendDue();
        awaitStatus("SENT");
        sender.sendDue();

        assertThat(gateway.received(reply)).hasSize(1);
        OutboundText sent = gateway.received(reply).getFirst();
        assertThat(sent.to()).isEqualTo("alice");
        assertThat(sent.callbackData()).isEqualTo(reply + ":1");
    }

    @Test
    void keeps_a_suspended_tenants_reply_for_later() throws Exception {
        replyWaiting();
        tenancy.changeStatus(line.tenant(), TenantStatus.SUSPENDED);

        sender.sendDue();

        assertThat(outbound().status()).isEqualTo("PENDING");
        tenancy.changeStatus(line.tenant(), TenantStatus.ACTIVE);
        sendUntil("SENT");
        assertThat(gateway.received(reply)).hasSize(1);
    }

    @Test
    void sends_again_what_surely_did_not_leave() throws Exception {
        replyWaiting();
        gateway.answer(
                line.channel(), new SendResult.Throttled("130429", "rate limit", Optional.of(Duration.ofMillis(1))));

        sendUntil("SENT");

        assertThat(gateway.received(reply))
                .extracting(OutboundText::callbackData)
                .containsExactly(reply + ":1", reply + ":2");
    }

    @Test
    void repeats_an_unknown_error_once_only() throws Exception {
        replyWaiting();
        SendResult.Throttled unknown = new SendResult.Throttled("1", "unknown error", SOON, Repeat.ONCE);
        gateway.answer(line.channel(), unknown, unknown, unknown);

        sendUntil("FAILED");

        assertThat(gateway.received(reply)).hasSize(2);
    }

    @Test
    void repeats_an_unknown_error_that_goes_away() throws Exception {
        replyWaiting();
        gateway.answer(line.channel(), new SendResult.Throttled("1", "unknown error", SOON, Repeat.ONCE));

        sendUntil("SENT");

        assertThat(gateway.received(reply)).hasSize(2);
    }

    @Test
    void waits_four_times_as_long_after_each_answer_that_a_customer_got_too_much() throws Exception {
        replyWaiting();
        desk.change(line, "update reply set attempts = 2 where tenant_id = ?");
        gateway.answer(
                line.channel(), new SendResult.Throttled("131056", "pair limit", Optional.empty(), Repeat.QUADRUPLING));

        sender.sendDue();
        awaitStatus("PENDING");

        assertThat(waitSeconds()).isBetween(16L, 25L);
    }

    @Test
    void comes_no_sooner_than_the_provider_asks() throws Exception {
        replyWaiting();
        gateway.answer(
                line.channel(),
                new SendResult.Throttled("130429", "rate limit", Optional.of(Duration.ofMinutes(30)), Repeat.DOUBLING));

        sender.sendDue();
        awaitStatus("PENDING");

        assertThat(waitSeconds()).isBetween(30 * 60L, 40 * 60L);
    }

    @Test
    void gives_up_on_what_the_provider_rejects() throws Exception {
        replyWaiting();
        gateway.answer(line.channel(), new SendResult.Rejected("131026", "not on WhatsApp"));

        sender.sendDue();
        awaitStatus("FAILED");
        sender.sendDue();

        assertThat(gateway.received(reply)).hasSize(1);
        assertThat(outbound().timeline().getLast().detail()).contains("131026").contains("not on WhatsApp");
    }

    @Test
    void stops_the_channel_and_keeps_the_reply() throws Exception {
        replyWaiting();
        gateway.answer(line.channel(), new SendResult.ChannelStopped("190", "token expired"));

        sender.sendDue();
        awaitStatus("PENDING");

        assertThat(channels.find(line.tenant(), line.channel().id())
                        .orElseThrow()
                        .status())
                .isEqualTo(ChannelStatus.STOPPED);
        channels.resume(line.tenant(), line.channel().id());
        sendUntil("SENT");
        assertThat(gateway.received(reply)).hasSize(2);
    }

    @Test
    void waits_for_a_status_before_repeating_an_unclear_send() throws Exception {
        replyWaiting();
        gateway.answer(line.channel(), new SendResult.Unclear("read timed out"));
        sender.sendDue();
        awaitStatus("UNKNOWN");
        sender.sendDue();

        tell("wamid.9", reply + ":1", State.DELIVERED);
        makeDue();
        sender.sendDue();

        assertThat(status()).isEqualTo("DELIVERED");
        assertThat(gateway.received(reply)).hasSize(1);
    }

    @Test
    void repeats_an_unclear_send_when_no_status_comes() throws Exception {
        replyWaiting();
        gateway.answer(line.channel(), new SendResult.Unclear("read timed out"));
        sender.sendDue();
        awaitStatus("UNKNOWN");

        makeDue();
        sendUntil("SENT");

        assertThat(gateway.received(reply)).hasSize(2);
    }

    @Test
    void shows_an_unclear_send_to_people_where_the_tenant_does_not_want_it_repeated() throws Exception {
        replyWaiting();
        policies.save(line.tenant(), new DeliveryPolicy(Duration.ofMinutes(30), false));
        gateway.answer(line.channel(), new SendResult.Unclear("read timed out"));
        sender.sendDue();
        awaitStatus("UNKNOWN");

        makeDue();
        sendUntil("FAILED");

        assertThat(gateway.received(reply)).hasSize(1);
    }

    @Test
    void treats_a_send_whose_sender_died_as_unclear() throws Exception {
        replyWaiting();
        List<SendClaim> dead =
                queue.claim(100, Duration.ofMillis(1), Desk.PLACES).claims();
        assertThat(dead).extracting(SendClaim::reply).contains(reply);

        await().untilAsserted(() -> {
            queue.reconcile(Duration.ofMinutes(5));
            assertThat(status()).isEqualTo("UNKNOWN");
        });

        sender.sendDue();
        assertThat(gateway.received(reply)).isEmpty();
    }

    @Test
    void keeps_the_order_of_a_conversation() throws Exception {
        replyWaiting();
        ReplyId first = reply;
        gateway.answer(
                line.channel(), new SendResult.Throttled("131056", "pair limit", Optional.of(Duration.ofHours(1))));
        sender.sendDue();
        awaitStatus("PENDING");
        desk.write(line, "alice", "Still there?");
        answerNext();

        sender.sendDue();
        assertThat(outbounds()).extracting(ThreadMessage::status).containsExactly("PENDING", "PENDING");

        makeDue();
        await().untilAsserted(() -> {
            sender.sendDue();
            assertThat(outbounds()).extracting(ThreadMessage::status).containsExactly("SENT", "SENT");
        });
        assertThat(gateway.received(first)).hasSize(2);
    }

    @Test
    void believes_a_late_answer_to_a_send_that_was_given_up_as_unclear() {
        replyWaiting();
        SendClaim frozen = queue.claim(1000, Duration.ofMillis(1), Desk.PLACES).claims().stream()
                .filter(claim -> claim.reply().equals(reply))
                .findFirst()
                .orElseThrow();
        await().untilAsserted(() -> {
            queue.reconcile(Duration.ofHours(1));
            assertThat(status()).isEqualTo("UNKNOWN");
        });

        store.sent(frozen, line.channel().id(), new SendResult.Accepted("wamid.late"));

        assertThat(status()).isEqualTo("SENT");
    }

    @Test
    void moves_statuses_forward_only() throws Exception {
        replyWaiting();
        sendUntil("SENT");
        String message = "wamid." + reply + ":1";

        tell(message, null, State.READ);
        tell(message, null, State.DELIVERED);
        tell(message, null, State.SENT);
        tell(message, null, State.FAILED);

        assertThat(status()).isEqualTo("READ");
    }

    @Test
    void takes_a_failure_that_follows_an_accepted_send() throws Exception {
        replyWaiting();
        sendUntil("SENT");

        tell("wamid." + reply + ":1", null, State.FAILED);

        assertThat(status()).isEqualTo("FAILED");
    }

    @Test
    void keeps_a_status_that_comes_before_the_message_is_known() throws Exception {
        replyWaiting();

        tell("wamid." + reply + ":1", null, State.READ);
        assertThat(status()).isEqualTo("PENDING");
        sendUntil("READ");

        assertThat(desk.count(line, "select count(*) from parked_status where tenant_id = ?"))
                .isZero();
    }

    private void replyWaiting() {
        line = desk.open();
        conversation = desk.write(line, "alice", "Hello");
        answerNext();
        reply = desk.onlyReply(line, conversation);
    }

    private void answerNext() {
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();
        assertThat(turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS)))
                .isTrue();
    }

    private void sendUntil(String status) {
        await().untilAsserted(() -> {
            sender.sendDue();
            assertThat(status()).isEqualTo(status);
        });
    }

    private void awaitStatus(String status) {
        await().untilAsserted(() -> assertThat(status()).isEqualTo(status));
    }

    /** Between an attempt and the next. */
    private long waitSeconds() {
        return desk.count(
                line, "select floor(extract(epoch from next_at - sending_at))::bigint from reply where tenant_id = ?");
    }

    private void makeDue() {
        desk.change(
                line,
                "update reply set next_at = now() - interval '1 second' where tenant_id = ? and next_at is not null");
    }

    private void tell(String message, @Nullable String callback, State state) {
        boolean failed = state == State.FAILED;
        statuses.record(
                line.tenant(),
                line.channel().id(),
                List.of(new DeliveryStatus(
                        message, callback, state, NOON, failed ? "131047" : null, failed ? "window" : null)));
    }

    private String status() {
        return outbound().status();
    }

    private ThreadMessage outbound() {
        return outbounds().getFirst();
    }

    private List<ThreadMessage> outbounds() {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.direction() == Direction.OUT)
                .toList();
    }
}
