package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EngineTest
class InboxTest {

    private static final Duration LONG_WAIT = Duration.ofSeconds(30);

    @Autowired
    Inbox inbox;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestChannels channels;

    private ChannelId channel = ChannelId.next();

    @Test
    void stores_a_provider_message_once_however_often_it_comes() throws Exception {
        TenantId tenant = tenant();
        InboundMessage message = text("wamid.1", "alice", "Hello");

        List<Receipt> receipts = atOnce(
                20,
                () -> inbox.store(tenant, channel, List.of(message), LONG_WAIT).receipt());

        assertThat(receipts).hasSize(20);
        assertThat(receipts.stream().mapToInt(Receipt::stored).sum()).isEqualTo(1);
        assertThat(rows(tenant)).isEqualTo(1);
    }

    @Test
    void numbers_messages_of_a_conversation_without_gaps() throws Exception {
        TenantId tenant = tenant();

        atOnce(
                30,
                () -> inbox.store(
                        tenant, channel, List.of(text(UUID.randomUUID().toString(), "alice", "Hi")), LONG_WAIT));

        List<Long> numbers = transactions.call(
                tenant,
                () -> jdbc.sql("select seq from inbox where tenant_id = ? order by seq")
                        .param(tenant.value())
                        .query(Long.class)
                        .list());
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(Long::valueOf).toList());
    }

    @Test
    void stores_two_deliveries_of_the_same_customers_in_any_order() throws Exception {
        TenantId tenant = tenant();
        List<String> people = IntStream.range(0, 12).mapToObj(i -> "person" + i).toList();

        atOnce(16, () -> {
            List<InboundMessage> delivery = people.stream()
                    .map(person -> text(UUID.randomUUID().toString(), person, "Hi"))
                    .sorted((a, b) -> a.providerMessageId().compareTo(b.providerMessageId()))
                    .toList();
            return inbox.store(tenant, channel, delivery, LONG_WAIT);
        });

        assertThat(rows(tenant)).isEqualTo(16 * 12);
    }

    @Test
    void keeps_the_same_provider_id_apart_by_channel() {
        TenantId tenant = tenant();
        InboundMessage message = text("wamid.1", "alice", "Hello");

        inbox.store(tenant, channel, List.of(message), LONG_WAIT);
        Inbox.Stored other = inbox.store(
                tenant, channels.meta(tenant, channels.bot(tenant, LONG_WAIT)).id(), List.of(message), LONG_WAIT);

        assertThat(other.receipt()).isEqualTo(new Receipt(1, 0));
        assertThat(rows(tenant)).isEqualTo(2);
    }

    @Test
    void waits_for_the_rest_of_a_burst_but_not_for_ever() {
        TenantId tenant = tenant();

        ConversationId conversation = storeOne(tenant, text("1", "alice", "Hello"), Duration.ofSeconds(4));
        double first = secondsUntilDue(tenant, conversation);
        storeOne(tenant, text("2", "alice", "when do you open?"), Duration.ofSeconds(4));
        double afterQuestion = secondsUntilDue(tenant, conversation);
        backdateWaiting(tenant, conversation);
        storeOne(tenant, text("3", "alice", "and"), Duration.ofSeconds(4));

        assertThat(first).isBetween(2.5, 4.0);
        assertThat(afterQuestion).isBetween(0.5, 2.0);
        assertThat(secondsUntilDue(tenant, conversation)).isLessThan(0);
    }

    @Test
    void leaves_a_back_off_alone() {
        TenantId tenant = tenant();
        ConversationId conversation = storeOne(tenant, text("1", "alice", "Hello"), Duration.ZERO);
        transactions.run(
                tenant,
                () -> jdbc.sql(
                                "update conversation set head_attempts = 2, run_at = now() + interval '1 hour' where tenant_id = ?")
                        .param(tenant.value())
                        .update());

        storeOne(tenant, text("2", "alice", "Anybody?"), Duration.ZERO);

        assertThat(secondsUntilDue(tenant, conversation)).isGreaterThan(3000);
    }

    @Test
    void strips_what_the_database_cannot_hold() {
        TenantId tenant = tenant();

        storeOne(tenant, text("1", "alice", "a\0b"), LONG_WAIT);

        assertThat(transactions.<String>call(
                        tenant,
                        () -> jdbc.sql("select text from inbox where tenant_id = ?")
                                .param(tenant.value())
                                .query(String.class)
                                .single()))
                .isEqualTo("ab");
    }

    private TenantId tenant() {
        TenantId tenant = TestTenants.on(tenancy, "standard");
        channel = channels.meta(tenant, channels.bot(tenant, LONG_WAIT)).id();
        return tenant;
    }

    private ConversationId storeOne(TenantId tenant, InboundMessage message, Duration wait) {
        return inbox.store(tenant, channel, List.of(message), wait)
                .touched()
                .iterator()
                .next();
    }

    private double secondsUntilDue(TenantId tenant, ConversationId conversation) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(
                                "select extract(epoch from run_at - clock_timestamp()) from conversation where tenant_id = ? and id = ?")
                        .params(tenant.value(), conversation.value())
                        .query(Double.class)
                        .single());
    }

    private void backdateWaiting(TenantId tenant, ConversationId conversation) {
        transactions.run(
                tenant,
                () -> jdbc.sql(
                                "update conversation set waiting_since = now() - interval '1 minute' where tenant_id = ? and id = ?")
                        .params(tenant.value(), conversation.value())
                        .update());
    }

    private long rows(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from inbox where tenant_id = ?")
                        .param(tenant.value())
                        .query(Long.class)
                        .single());
    }

    private static InboundMessage text(String id, String user, String text) {
        return new InboundMessage(
                id, Customer.of(CustomerAlias.phone(user)), MessageContent.text(text), Instant.EPOCH, "{}");
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(call))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
