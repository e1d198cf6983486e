package io.switchboard.conversations;

import static io.switchboard.channels.CustomerAlias.lid;
import static io.switchboard.channels.CustomerAlias.phone;
import static io.switchboard.channels.CustomerAlias.userId;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.kernel.ConversationId;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One customer, whichever id a provider uses. */
@EngineTest
class CustomerIdsTest {

    @Autowired
    Desk desk;

    @Autowired
    Inbox inbox;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    ReplyWriter replies;

    @Autowired
    CustomerBook customers;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
    }

    @Test
    void knows_a_customer_by_phone_then_by_both_then_by_user_id() {
        ConversationId first = write(phone("4915550001"));
        ConversationId second = write(phone("4915550001"), userId("DE.1"));
        ConversationId third = write(userId("DE.1"));

        assertThat(List.of(first, second, third)).containsOnly(first);
        assertThat(desk.thread(line, first)).hasSize(3);
    }

    @Test
    @DisplayName("@lid: @c.us and @lid of one user are one conversation, answered where the last message came from")
    void knows_a_customer_by_phone_and_by_hidden_id() {
        ConversationId first = write("k", "4915550001@c.us", phone("4915550001"));
        ConversationId second = write("a", "4915550001@c.us", phone("4915550001"), lid("778@lid"));
        ConversationId third = write("b", "778@lid", lid("778@lid"));

        assertThat(List.of(first, second, third)).containsOnly(first);
        assertThat(address(first)).isEqualTo("778@lid");
    }

    @Test
    @DisplayName(
            "number forms BR 9, MX 521, AR 549: forms that no alias joins stay apart, and no digit is added or removed")
    void never_guesses_that_two_numbers_are_one() {
        ConversationId with = write(phone("5511987654321"));
        ConversationId without = write(phone("551187654321"));

        assertThat(with).isNotEqualTo(without);
        assertThat(address(with)).isEqualTo("5511987654321");
        assertThat(address(without)).isEqualTo("551187654321");
    }

    @Test
    @DisplayName("number forms BR 9, MX 521, AR 549: one contact by alias, reply to as received")
    void joins_forms_of_a_number_that_the_provider_names_together() {
        ConversationId first = write(phone("5491112345678"));
        ConversationId second = write("x", "541112345678", phone("541112345678"), phone("5491112345678"));
        ConversationId third = write(phone("541112345678"));

        assertThat(List.of(first, second, third)).containsOnly(first);
        assertThat(address(first)).isEqualTo("541112345678");
    }

    @Test
    void goes_on_with_the_older_of_two_conversations_that_turn_out_to_be_one_customers() {
        ConversationId older = write(phone("4915550001"));
        ConversationId newer = write(userId("DE.1"));

        assertThat(write(phone("4915550001"), userId("DE.1"))).isEqualTo(older).isNotEqualTo(newer);
        assertThat(write(userId("DE.1"))).isEqualTo(older);
    }

    @Test
    void follows_a_customer_to_a_new_number_and_leaves_the_old_one_to_whoever_gets_it() {
        ConversationId before = write(phone("4915550001"));
        Customer moved = new Customer(
                "4915550002", "4915550002", null, Set.of(phone("4915550002")), Set.of(phone("4915550001")));

        InboundMessage news = message(moved, MessageContent.of(MessageKind.SYSTEM, "New number"));
        store(news);

        assertThat(write(phone("4915550002"))).isEqualTo(before);
        assertThat(address(before)).isEqualTo("4915550002");
        ConversationId stranger = write(phone("4915550001"));
        assertThat(stranger).isNotEqualTo(before);

        store(news);
        assertThat(write(phone("4915550001"))).as("the same news once more").isEqualTo(stranger);
    }

    @Test
    void keeps_the_same_characters_of_another_kind_apart() {
        assertThat(write(phone("778"))).isNotEqualTo(write(lid("778")));
    }

    @Test
    void makes_one_conversation_however_many_deliveries_bring_its_ids_at_once() throws Exception {
        List<Customer> forms = List.of(
                customer(phone("4915550001")),
                customer(phone("4915550001"), userId("DE.1")),
                customer(userId("DE.1"), phone("4915550001")));
        List<Future<ConversationId>> writes = new ArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 24; i++) {
                Customer form = forms.get(i % forms.size());
                writes.add(many.submit(() -> store(message(form, MessageContent.text("Hello")))));
            }
        }

        Set<ConversationId> conversations = new HashSet<>();
        for (Future<ConversationId> write : writes) {
            conversations.add(write.get());
        }
        assertThat(conversations).hasSize(1);
        assertThat(desk.thread(line, conversations.iterator().next())).hasSize(24);
    }

    @Test
    void learns_the_form_of_a_number_that_the_provider_answers_with() {
        ConversationId conversation = write(phone("5215550001"));
        UUID reply = transactions.call(
                line.tenant(),
                () -> replies.writeForPerson(
                                new ReplyWriter.Place(
                                        line.tenant(),
                                        conversation,
                                        line.channel().id(),
                                        1,
                                        2),
                                ReplyDraft.byPerson("Hello", "Ada"))
                        .value());

        transactions.run(
                line.tenant(),
                () -> customers.learn(line.tenant(), line.channel().id(), reply, Set.of(phone("525550001"))));

        assertThat(write(phone("525550001"))).isEqualTo(conversation);
    }

    @Test
    void does_not_show_another_tenants_customers() {
        Desk.Line other = desk.open();
        ConversationId mine = write(phone("4915550001"));

        ConversationId theirs = inbox.store(
                        other.tenant(),
                        other.channel().id(),
                        List.of(message(customer(phone("4915550001")), MessageContent.text("Hello"))),
                        Duration.ZERO)
                .touched()
                .iterator()
                .next();

        assertThat(theirs).isNotEqualTo(mine);
        assertThat(desk.thread(other, mine)).isEmpty();
    }

    private static Customer customer(CustomerAlias... ids) {
        return new Customer(ids[0].value(), ids[0].value(), null, Set.of(ids), Set.of());
    }

    private ConversationId write(CustomerAlias... ids) {
        return store(message(customer(ids), MessageContent.text("Hello")));
    }

    private ConversationId write(String key, String address, CustomerAlias... ids) {
        return store(message(new Customer(key, address, null, Set.of(ids), Set.of()), MessageContent.text("Hello")));
    }

    private InboundMessage message(Customer customer, MessageContent content) {
        return new InboundMessage(UUID.randomUUID().toString(), customer, content, clock.instant(), "{}");
    }

    private ConversationId store(InboundMessage message) {
        Inbox.Stored stored = inbox.store(line.tenant(), line.channel().id(), List.of(message), Duration.ofMinutes(5));
        return stored.touched().isEmpty()
                ? new ConversationId(UUID.randomUUID())
                : stored.touched().iterator().next();
    }

    private String address(ConversationId conversation) {
        return transactions.call(
                line.tenant(),
                () -> jdbc.sql("""
                                select c.reply_address from contact c join conversation v on v.tenant_id = c.tenant_id and v.contact_id = c.id
                                 where v.tenant_id = ? and v.id = ?
                                """)
                        .params(line.tenant().value(), conversation.value())
                        .query(String.class)
                        .single());
    }
}
