package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bots.BotSentences;
import io.switchboard.kernel.ConversationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The queue in the conversation row: nothing lost, nothing doubled, in order. */
@EngineTest
class TurnStoreTest {

    private static final Duration SHORT_LEASE = Duration.ofMillis(150);

    @Autowired
    Desk desk;

    @Autowired
    TurnStore store;

    @Autowired
    ConversationQueue queue;

    @Test
    void gives_a_conversation_to_one_worker_at_a_time() {
        Desk.Line line = desk.open();
        desk.write(line, "alice", "Hello");

        List<Claim> first = desk.claim(line, Desk.LEASE);
        List<Claim> second = desk.claim(line, Desk.LEASE);

        assertThat(first).hasSize(1);
        assertThat(second).isEmpty();
    }

    @Test
    void throws_away_what_a_worker_finishes_after_losing_its_lease() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Hello");
        Claim late = desk.claim(line, Duration.ofMillis(1)).getFirst();
        Claim current = claimEventually(line);

        boolean lateWrote = store.complete(late, store.read(late), ReplyDraft.fallback(BotSentences.DEFAULTS));
        boolean currentWrote = store.complete(current, store.read(current), ReplyDraft.fallback(BotSentences.DEFAULTS));

        assertThat(lateWrote).isFalse();
        assertThat(currentWrote).isTrue();
        assertThat(desk.thread(line, conversation)).hasSize(2);
        assertThat(current.attempts()).isEqualTo(2);
    }

    @Test
    void runs_again_for_a_message_that_came_during_the_turn() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Hello");
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();
        TurnInput input = store.read(claim);
        desk.write(line, "alice", "Anybody there?");

        store.complete(claim, input, ReplyDraft.fallback(BotSentences.DEFAULTS));
        Claim next = desk.claim(line, Desk.LEASE).getFirst();

        assertThat(next.conversation()).isEqualTo(conversation);
        assertThat(next.doneSeq()).isEqualTo(1);
        assertThat(store.read(next).question()).isEqualTo("Anybody there?");
    }

    @Test
    void covers_a_burst_with_one_reply() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Hello");
        desk.write(line, "alice", "I have a question");
        desk.write(line, "alice", "When do you open?");
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();

        store.complete(claim, store.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS));

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(4);
        assertThat(thread.subList(0, 3))
                .allSatisfy(message -> assertThat(message.coveredBy()).isEqualTo(desk.onlyReply(line, conversation)));
        assertThat(thread.getFirst().timeline())
                .extracting(ThreadMessage.Step::name)
                .containsExactly("received", "merged", "answered");
    }

    @Test
    void renews_its_own_lease_only() {
        Desk.Line line = desk.open();
        desk.write(line, "alice", "Hello");
        Claim late = desk.claim(line, Duration.ofMillis(1)).getFirst();
        Claim current = claimEventually(line);

        assertThat(queue.renew(late, Desk.LEASE)).isFalse();
        assertThat(queue.renew(current, Desk.LEASE)).isTrue();
    }

    @Test
    void does_not_show_another_tenants_messages() {
        Desk.Line mine = desk.open();
        Desk.Line theirs = desk.open();
        ConversationId conversation = desk.write(theirs, "alice", "Secret");

        assertThat(desk.thread(new Desk.Line(mine.tenant(), theirs.channel()), conversation))
                .isEmpty();
    }

    /**
     * Customers write while workers claim, die and are overtaken. Without the row lock, the fence or the counters on the row, messages
     * are lost, answered twice or out of order here.
     */
    @Test
    void loses_nothing_and_doubles_nothing_while_workers_die() throws Exception {
        Desk.Line line = desk.open();
        long customers = 12;
        long messages = 25;
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger deaths = new AtomicInteger();
        AtomicInteger fenced = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int customer = 0; customer < customers; customer++) {
                String name = "customer" + customer;
                writers.add(threads.submit(() -> {
                    for (int number = 0; number < messages; number++) {
                        desk.write(line, name, "message " + number);
                    }
                }));
            }
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 6; worker++) {
                workers.add(threads.submit(() -> work(line, writing, deaths, fenced)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(deaths.get()).as("workers that died").isPositive();
        assertThat(fenced.get()).as("results that came too late").isPositive();
        assertThat(desk.count(line, "select count(*) from inbox where tenant_id = ?"))
                .isEqualTo(customers * messages);
        assertThat(desk.count(line, "select count(*) from inbox where tenant_id = ? and reply_id is null"))
                .as("messages without a reply")
                .isZero();
        assertThat(desk.count(line, """
                        select count(*) from (
                          select r.id, i.id as message from reply r
                            join inbox i on i.tenant_id = r.tenant_id and i.conversation_id = r.conversation_id
                                        and i.seq between r.first_seq and r.last_seq
                           where r.tenant_id = ? and i.reply_id <> r.id) doubled
                        """)).as("messages covered by two replies").isZero();
        assertThat(desk.count(line, """
                        select count(*) from (
                          select created_at < lag(created_at) over (partition by conversation_id order by last_seq) as swapped
                            from reply where tenant_id = ?) ordered
                         where swapped
                        """)).as("replies out of order").isZero();
    }

    private void work(Desk.Line line, AtomicBoolean writing, AtomicInteger deaths, AtomicInteger fenced) {
        while (writing.get()
                || desk.count(line, "select sum(last_seq - done_seq) from conversation where tenant_id = ?") > 0) {
            List<Claim> claims = desk.claim(line, SHORT_LEASE);
            for (Claim claim : claims) {
                int fate = ThreadLocalRandom.current().nextInt(100);
                if (fate < 10) {
                    deaths.incrementAndGet();
                    continue;
                }
                TurnInput input = store.read(claim);
                if (fate < 20) {
                    LockSupport.parkNanos(SHORT_LEASE.plusMillis(100).toNanos());
                }
                if (input == null) {
                    store.finish(claim);
                } else if (!store.complete(claim, input.firstOnly(), ReplyDraft.fallback(BotSentences.DEFAULTS))) {
                    fenced.incrementAndGet();
                }
            }
            if (claims.isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    private Claim claimEventually(Desk.Line line) {
        List<Claim> claims = List.of();
        while (claims.isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            claims = desk.claim(line, Desk.LEASE);
        }
        return claims.getFirst();
    }
}
