package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.bots.BotSentences;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ConversationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/** Intervals are minutes and hours, so that nothing becomes free while a test runs. */
@EngineTest
class ReplyPacingTest {

    private static final SendRate PLENTY = new SendRate(Duration.ofNanos(1000), 1_000_000);

    @Autowired
    Desk desk;

    @Autowired
    TurnStore turns;

    @Autowired
    ReplySender sender;

    @Autowired
    ReplyQueue queue;

    @Autowired
    FakeGateway gateway;

    @Autowired
    SystemDatabase system;

    @Autowired
    ObjectProvider<ChannelGateway> gateways;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
    }

    @AfterEach
    void unlimit() {
        gateway.unlimit();
        desk.change(
                line, "update reply set next_at = null, status = 'SENT' where tenant_id = ? and status = 'PENDING'");
    }

    @Test
    void sends_no_faster_through_a_number_than_its_provider_allows() throws Exception {
        gateway.limit(new SendRates(new SendRate(Duration.ofMinutes(4), 3), PLENTY));
        for (int i = 0; i < 5; i++) {
            replyWaiting("customer-" + i);
        }

        sendAll();

        assertThat(count("status = 'SENT'")).isEqualTo(3);
        assertThat(count("status = 'PENDING' and attempts = 0 and next_at = slot_at"))
                .isEqualTo(2);
        assertThat(count("next_at between now() + interval '3 minutes' and now() + interval '4 minutes'"))
                .isEqualTo(1);
        assertThat(count("next_at between now() + interval '7 minutes' and now() + interval '8 minutes'"))
                .isEqualTo(1);
    }

    @Test
    void sends_what_has_waited_for_its_number_without_asking_again() throws Exception {
        gateway.limit(new SendRates(hourlyButSoon(), PLENTY));
        replyWaiting("alice");
        replyWaiting("bob");
        sendAll();
        assertThat(count("status = 'SENT'")).isEqualTo(1);
        assertThat(count("status = 'PENDING' and slot_at is not null")).isEqualTo(1);

        makeDue();
        sendAll();

        assertThat(count("status = 'SENT' and attempts = 1 and slot_at is null"))
                .isEqualTo(2);
    }

    @Test
    void keeps_one_rate_over_all_replicas() throws Exception {
        gateway.limit(new SendRates(hourly(10), PLENTY));
        for (int i = 0; i < 30; i++) {
            replyWaiting("customer-" + i);
        }
        int replicas = 6;
        List<Future<Integer>> claimed = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
            for (int i = 0; i < replicas; i++) {
                ReplyQueue replica = new ReplyQueue(system, new SendPace(system, gateways));
                claimed.add(threads.submit(() -> claimAll(replica)));
            }
        }

        int sum = 0;
        for (Future<Integer> claims : claimed) {
            sum += claims.get();
        }
        assertThat(sum).isEqualTo(10);
        assertThat(count("status = 'SENDING'")).isEqualTo(10);
        assertThat(count("status = 'PENDING' and attempts = 0")).isEqualTo(20);
    }

    @Test
    void spares_a_customer_and_keeps_the_order_and_lets_the_others_pass() throws Exception {
        gateway.limit(new SendRates(PLENTY, hourly(2)));
        ConversationId alice = replyWaiting("alice");
        replyWaiting("alice");
        replyWaiting("alice");
        replyWaiting("alice");
        ConversationId bob = replyWaiting("bob");

        sendAll();

        assertThat(statuses(alice)).containsExactly("SENT", "SENT", "PENDING", "PENDING");
        assertThat(statuses(bob)).containsExactly("SENT");
        assertThat(count("status = 'PENDING' and attempts > 0")).isZero();

        passAnHour();
        sendAll();
        assertThat(statuses(alice)).containsExactly("SENT", "SENT", "SENT", "PENDING");
        passAnHour();
        sendAll();
        assertThat(statuses(alice)).containsOnly("SENT").hasSize(4);
    }

    @Test
    void takes_no_room_of_the_number_for_a_customer_who_must_wait() throws Exception {
        gateway.limit(new SendRates(hourly(2), hourly(1)));
        ConversationId alice = replyWaiting("alice");
        replyWaiting("alice");
        sendAll();
        assertThat(statuses(alice)).containsExactly("SENT", "PENDING");

        ConversationId bob = replyWaiting("bob");
        sendAll();

        assertThat(statuses(bob)).containsExactly("SENT");
    }

    @Test
    void keeps_no_books_where_the_provider_sets_no_limit() throws Exception {
        for (int i = 0; i < 3; i++) {
            replyWaiting("alice");
        }

        sendAll();

        assertThat(count("status = 'SENT'")).isEqualTo(3);
        assertThat(desk.count(line, "select count(*) from send_pace where tenant_id = ?"))
                .isZero();
    }

    @Test
    void sends_one_tenants_reply_beside_anothers_backlog() {
        for (int i = 0; i < 80; i++) {
            replyWaiting("customer-" + i);
        }
        Desk.Line backlog = line;
        Desk.Line other = desk.open();
        line = other;
        ConversationId late = replyWaiting("late");

        List<SendClaim> claims = queue.claim(60, Desk.LEASE, Desk.PLACES).claims();

        assertThat(claims).extracting(SendClaim::reply).contains(desk.onlyReply(other, late));
        assertThat(claims).hasSizeLessThanOrEqualTo(60);
        assertThat(claims)
                .filteredOn(claim -> claim.tenant().equals(backlog.tenant()))
                .isNotEmpty();
        desk.change(backlog, "update reply set next_at = null, status = 'SENT' where tenant_id = ?");
        desk.change(other, "update reply set next_at = null, status = 'SENT' where tenant_id = ?");
    }

    private static SendRate hourly(int burst) {
        return new SendRate(Duration.ofHours(1), burst);
    }

    /** Room for one, and for the next within what is booked ahead. */
    private static SendRate hourlyButSoon() {
        return new SendRate(PaceBook.LONGEST_WAIT.minusMinutes(1), 1);
    }

    private ConversationId replyWaiting(String customer) {
        ConversationId conversation = desk.write(line, customer, "Hello");
        for (Claim claim : desk.claim(line, Desk.LEASE)) {
            assertThat(turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS)))
                    .isTrue();
        }
        return conversation;
    }

    private int claimAll(ReplyQueue replica) {
        int ours = 0;
        while (count("status = 'PENDING' and next_at <= now()") > 0) {
            ours += (int) replica.claim(3, Desk.LEASE, Desk.PLACES).claims().stream()
                    .filter(claim -> claim.tenant().equals(line.tenant()))
                    .count();
        }
        return ours;
    }

    private void sendAll() throws InterruptedException {
        while (sender.sendDue() > 0) {
            await().until(() -> count("status = 'SENDING'") == 0);
        }
        await().until(() -> count("status = 'SENDING'") == 0);
        if (sender.sendDue() > 0) {
            sendAll();
        }
    }

    private void passAnHour() {
        desk.change(line, "update send_pace set booked_until = booked_until - interval '1 hour' where tenant_id = ?");
        makeDue();
    }

    private void makeDue() {
        desk.change(
                line,
                "update reply set next_at = now() - interval '1 second' where tenant_id = ? and status = 'PENDING'");
    }

    private long count(String condition) {
        return desk.count(line, "select count(*) from reply where tenant_id = ? and " + condition);
    }

    private List<String> statuses(ConversationId conversation) {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.direction() == Direction.OUT)
                .map(ThreadMessage::status)
                .toList();
    }
}
