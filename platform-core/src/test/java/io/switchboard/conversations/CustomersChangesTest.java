package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.kernel.ConversationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Edits, revocations, and people who answer in the provider's app. */
@EngineTest
class CustomersChangesTest {

    private static final Customer ADA = Customer.of(CustomerAlias.phone("4915550001"));
    private static final Customer BEN = Customer.of(CustomerAlias.phone("4915550002"));

    @Autowired
    Desk desk;

    @Autowired
    Inbox inbox;

    @Autowired
    TurnStore turns;

    @Autowired
    Clock clock;

    private Desk.Line line;
    private Instant now;

    @BeforeEach
    void open() {
        line = desk.open();
        now = clock.instant();
    }

    @Test
    void answers_what_the_customer_made_of_the_question() {
        ConversationId conversation = store(ADA, "q", MessageContent.text("When do you open?"), 0);
        store(ADA, "e", edit("q", "When do you close?"), 1);

        assertThat(question()).isEqualTo("When do you close?");
        assertThat(desk.thread(line, conversation).getFirst().text()).isEqualTo("When do you close?");
        assertThat(steps(conversation)).containsExactly("received", "edited");
    }

    @Test
    void answers_nothing_that_was_taken_back() {
        ConversationId conversation = store(ADA, "q", MessageContent.text("My card is 4111 1111"), 0);
        store(ADA, "e", edit("q", "My card is 4222 2222"), 1);
        store(ADA, "r", revoke("q"), 2);

        assertThat(question()).isEmpty();
        ThreadMessage shown = desk.thread(line, conversation).getFirst();
        assertThat(shown.text()).isNull();
        assertThat(shown.status()).isEqualTo("REVOKED");
        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::text)
                .containsOnlyNulls();
        assertThat(desk.count(line, "select count(*) from inbox where tenant_id = ? and (text || raw) like '%card%'"))
                .isZero();
    }

    @Test
    void applies_changes_in_whatever_order_they_come() {
        store(ADA, "e2", edit("q", "second edit"), 2);
        store(ADA, "e1", edit("q", "first edit"), 1);
        ConversationId conversation = store(ADA, "q", MessageContent.text("question"), 0);
        assertThat(text(conversation, 2)).isEqualTo("second edit");

        store(ADA, "r", revoke("later"), 4);
        store(ADA, "later", MessageContent.text("gone before it came"), 3);
        assertThat(text(conversation, 4)).isNull();
    }

    @Test
    void lets_nobody_change_what_another_customer_wrote() {
        ConversationId conversation = store(ADA, "q", MessageContent.text("Ada's words"), 0);
        store(BEN, "e", edit("q", "Ben's words"), 1);
        store(BEN, "r", revoke("q"), 2);

        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::text)
                .containsExactly("Ada's words");
    }

    @Test
    void shows_what_a_person_wrote_in_the_app_and_keeps_the_bot_quiet() {
        ConversationId conversation = store(ADA, "q", MessageContent.text("Is anybody there?"), 0);
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();
        TurnInput input = turns.read(claim);

        store(ADA, "echo", MessageContent.of(MessageKind.ECHO, "Yes, this is Ada from the desk"), 1);
        store(ADA, "echo", MessageContent.of(MessageKind.ECHO, "Yes, this is Ada from the desk"), 1);

        assertThat(turns.complete(claim, input, ReplyDraft.byPerson("a bot's answer", "bot")))
                .as("the turn that ran is fenced off")
                .isFalse();
        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread)
                .extracting(ThreadMessage::text)
                .containsExactly("Is anybody there?", "Yes, this is Ada from the desk");
        assertThat(thread).extracting(ThreadMessage::status).containsExactly("ANSWERED", "SENT");
        assertThat(desk.count(line, "select count(*) from reply where tenant_id = ? and next_at is not null"))
                .as("nothing is sent once more")
                .isZero();

        store(ADA, "q2", MessageContent.text("Thank you"), 2);
        assertThat(desk.claim(line, Desk.LEASE)).isEmpty();
    }

    @Test
    void writes_an_echo_to_somebody_who_never_wrote() {
        ConversationId conversation = store(BEN, "echo", MessageContent.of(MessageKind.ECHO, "Your order is here"), 0);

        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::direction)
                .containsExactly(ThreadMessage.Direction.OUT);
        assertThat(desk.count(
                        line,
                        "select count(*) from conversation where tenant_id = ? and customer_wrote_at is not null"))
                .isZero();
    }

    private String question() {
        TurnInput input = turns.read(desk.claim(line, Desk.LEASE).getFirst());
        return input == null ? "" : input.question();
    }

    private List<String> steps(ConversationId conversation) {
        return desk.thread(line, conversation).getFirst().timeline().stream()
                .map(ThreadMessage.Step::name)
                .toList();
    }

    private String text(ConversationId conversation, int place) {
        return desk.thread(line, conversation).get(place).text();
    }

    private static MessageContent edit(String message, String text) {
        return MessageContent.of(MessageKind.EDIT, text).refersTo(message);
    }

    private static MessageContent revoke(String message) {
        return MessageContent.of(MessageKind.REVOKE, null).refersTo(message);
    }

    private ConversationId store(Customer customer, String id, MessageContent content, int second) {
        InboundMessage message = new InboundMessage(
                id, customer, content, now.plusSeconds(second - 60), "{\"said\":\"" + content.text() + "\"}");
        Inbox.Stored stored = inbox.store(line.tenant(), line.channel().id(), List.of(message), Duration.ZERO);
        return stored.touched().isEmpty()
                ? new ConversationId(UUID.randomUUID())
                : stored.touched().iterator().next();
    }
}
