package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class DeadLetterServiceTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");

    @Autowired
    Desk desk;

    @Autowired
    TurnStore turns;

    @Autowired
    ReplySender sender;

    @Autowired
    FakeGateway gateway;

    @Autowired
    DeadLetterService letters;

    @Autowired
    AuditService audit;

    private Desk.Line line;
    private ConversationId conversation;
    private ReplyId reply;

    @Test
    void lists_a_failed_send_with_its_reason_and_sends_it_again() throws Exception {
        failedSend();
        DeadLetter letter = list().getFirst();
        assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.SEND);
        assertThat(letter.code()).isEqualTo("131026");
        assertThat(letter.question()).isEqualTo("Hello");

        assertThat(letters.retry(line.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.DONE);

        await().untilAsserted(() -> {
            sender.sendDue();
            assertThat(status()).isEqualTo("SENT");
        });
        assertThat(list()).noneMatch(found -> found.kind() == DeadLetter.Kind.SEND);
        assertThat(actions()).containsExactly("sent again");
    }

    @Test
    void answers_a_failed_turn_again_in_the_same_reply() {
        line = desk.open();
        conversation = desk.write(line, "alice", "Hello");
        answerWithFallback();

        assertThat(list().getFirst().kind()).isEqualTo(DeadLetter.Kind.TURN);
        assertThat(letters.retry(line.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.DONE);

        assertThat(list()).isEmpty();
        assertThat(desk.onlyReply(line, conversation)).isEqualTo(reply);
        assertThat(actions()).containsExactly("answered again");
    }

    @Test
    void puts_a_letter_away_once() throws Exception {
        failedSend();

        assertThat(letters.discard(line.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.DONE);
        assertThat(letters.discard(line.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.UNKNOWN);
        assertThat(letters.retry(line.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.UNKNOWN);

        assertThat(list()).isEmpty();
        assertThat(actions()).containsExactly("discarded");
    }

    @Test
    void does_not_show_another_tenants_letters() throws Exception {
        failedSend();
        Desk.Line other = desk.open();

        assertThat(letters.list(other.tenant(), PageRequest.first(10)).items()).isEmpty();
        assertThat(letters.retry(other.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.UNKNOWN);
        assertThat(letters.discard(other.tenant(), reply, ANNA)).isEqualTo(DeadLetterOutcome.UNKNOWN);
        assertThat(audit.list(other.tenant(), PageRequest.first(10)).items())
                .noneMatch(entry -> entry.actor().equals(ANNA));
    }

    private void failedSend() throws InterruptedException {
        line = desk.open();
        conversation = desk.write(line, "alice", "Hello");
        answerWithFallback();
        gateway.answer(line.channel(), new SendResult.Rejected("131026", "not on WhatsApp"));
        sender.sendDue();
        await().untilAsserted(() -> assertThat(status()).isEqualTo("FAILED"));
    }

    private void answerWithFallback() {
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();
        turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS));
        reply = desk.onlyReply(line, conversation);
    }

    private List<DeadLetter> list() {
        return letters.list(line.tenant(), PageRequest.first(10)).items();
    }

    private String status() {
        return desk.thread(line, conversation).getLast().status();
    }

    private List<String> actions() {
        return audit.list(line.tenant(), PageRequest.first(10)).items().stream()
                .filter(entry -> entry.actor().equals(ANNA))
                .map(AuditEntry::action)
                .toList();
    }
}
