package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.bots.BotSentences;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class HandoverServiceTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Autowired
    Desk desk;

    @Autowired
    TurnStore turns;

    @Autowired
    ReplySender sender;

    @Autowired
    HandoverService handover;

    @Autowired
    ConversationReader reader;

    @Autowired
    AuditService audit;

    private Desk.Line line;
    private ConversationId conversation;

    @BeforeEach
    void writes() {
        line = desk.open();
        conversation = desk.write(line, "alice", "Hello");
    }

    @Test
    void keeps_what_a_customer_writes_for_the_person_who_took_over() {
        handover.takeOver(line.tenant(), conversation, ANNA);
        desk.write(line, "alice", "Are you there?");

        assertThat(desk.claim(line, LEASE)).isEmpty();
        assertThat(summary().takenBy()).isEqualTo("Anna");
        assertThat(summary().waiting()).isTrue();
        assertThat(desk.thread(line, conversation)).hasSize(2);
    }

    @Test
    void silences_a_turn_that_is_running() {
        Claim claim = desk.claim(line, LEASE).getFirst();
        TurnInput input = turns.read(claim);

        handover.takeOver(line.tenant(), conversation, ANNA);

        assertThat(turns.complete(claim, input, ReplyDraft.fallback(BotSentences.DEFAULTS)))
                .isFalse();
        assertThat(desk.thread(line, conversation)).hasSize(1);
    }

    @Test
    void lets_the_bot_answer_what_nobody_answered_when_it_is_given_back() {
        handover.takeOver(line.tenant(), conversation, ANNA);
        handover.release(line.tenant(), conversation, ANNA);

        Claim claim = desk.claim(line, LEASE).getFirst();

        assertThat(turns.read(claim).question()).isEqualTo("Hello");
        assertThat(summary().takenBy()).isNull();
    }

    @Test
    void leaves_the_bot_alone_when_what_it_has_is_given_back() {
        Claim claim = desk.claim(line, LEASE).getFirst();

        handover.release(line.tenant(), conversation, ANNA);

        assertThat(turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS)))
                .isTrue();
    }

    @Test
    void sends_a_persons_words_as_they_are_in_answer_to_everything_open() {
        desk.write(line, "alice", "Are you there?");

        handover.reply(line.tenant(), conversation, "  Yes, *2* + _3_ of us.\n", ANNA);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread.subList(0, 2)).extracting(ThreadMessage::status).containsOnly("ANSWERED");
        assertThat(thread.get(2).text()).isEqualTo("Yes, *2* + _3_ of us.");
        assertThat(thread.get(2).timeline().getFirst().detail()).isEqualTo("by Anna");
        assertThat(summary().takenBy()).isEqualTo("Anna");
        await().untilAsserted(() -> {
            sender.sendDue();
            assertThat(desk.thread(line, conversation).get(2).status()).isEqualTo("SENT");
        });
    }

    @Test
    void sends_several_replies_in_the_order_written_and_goes_on_with_the_bot_afterwards() {
        handover.reply(line.tenant(), conversation, "One", ANNA);
        handover.reply(line.tenant(), conversation, "Two", ANNA);
        handover.release(line.tenant(), conversation, ANNA);
        assertThat(desk.claim(line, LEASE)).isEmpty();

        desk.write(line, "alice", "Thanks");
        Claim claim = desk.claim(line, LEASE).getFirst();

        assertThat(turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS)))
                .isTrue();
        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::text)
                .startsWith("Hello", "One", "Two", "Thanks")
                .hasSize(5);
    }

    @Test
    void refuses_a_reply_without_words_or_with_too_many() {
        assertThatThrownBy(() -> handover.reply(line.tenant(), conversation, " \n", ANNA))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> handover.reply(line.tenant(), conversation, "x".repeat(4097), ANNA))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void does_not_touch_another_tenants_conversation() {
        Desk.Line other = desk.open();

        assertThat(handover.takeOver(other.tenant(), conversation, ANNA)).isFalse();
        assertThat(handover.release(other.tenant(), conversation, ANNA)).isFalse();
        assertThat(handover.reply(other.tenant(), conversation, "Hi", ANNA)).isEmpty();
        assertThat(summary().takenBy()).isNull();
    }

    @Test
    void keeps_a_record_of_who_did_what() {
        handover.takeOver(line.tenant(), conversation, ANNA);
        handover.reply(line.tenant(), conversation, "Hi", ANNA);
        handover.release(line.tenant(), conversation, ANNA);

        assertThat(audit.list(line.tenant(), PageRequest.first(10)).items())
                .filteredOn(entry -> entry.actor().equals(ANNA))
                .extracting(AuditEntry::action)
                .containsExactly("given back", "replied", "taken over");
    }

    private ConversationSummary summary() {
        return reader.find(line.tenant(), conversation).orElseThrow();
    }
}
