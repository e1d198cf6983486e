package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.channels.ReadMark;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** When we may write to a customer, and what the customer sees while we do. */
@EngineTest
class AnswerWindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    ReplySender sender;

    @Autowired
    ConversationService conversations;

    @Autowired
    FakeGateway gateway;

    private Desk.Line line;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        line = desk.open();
        gateway.closeAfter(Duration.ofHours(24));
        conversation = desk.write(line, "alice", "When do you open?");
    }

    @AfterEach
    void leaveOpen() {
        gateway.closeAfter(null);
    }

    @Test
    void knows_until_when_we_may_write() {
        assertThat(window().open()).isTrue();
        closeWindow();
        assertThat(window().open()).isFalse();
        gateway.closeAfter(null);
        assertThat(conversations.find(line.tenant(), conversation).orElseThrow().window())
                .isNull();
    }

    @Test
    void keeps_a_reply_outside_the_window_and_sends_it_once_the_customer_writes_again() throws Exception {
        ReplyId reply = answer();
        closeWindow();

        sendUntil("HELD", reply);
        assertThat(gateway.received(reply)).isEmpty();

        desk.write(line, "alice", "Hello?");
        sendUntil("SENT", reply);
        assertThat(gateway.received(reply)).hasSize(1);
        assertThat(gateway.received(reply).getFirst().quotes())
                .as("the customer wrote more since, so the reply says what it answers")
                .isNotNull();
    }

    @Test
    void quotes_nothing_where_it_is_clear_what_is_answered() throws Exception {
        ReplyId reply = answer();
        sendUntil("SENT", reply);

        assertThat(gateway.received(reply).getFirst().quotes()).isNull();
    }

    @Test
    void marks_what_is_being_answered_as_read() {
        answer();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.marks(line.channel()))
                        .extracting(ReadMark::to)
                        .contains("alice"));
    }

    private ReplyId answer() {
        assertThat(turn.run(desk.claim(line, Desk.LEASE).getFirst())).isEqualTo(Turn.Result.REPLIED);
        return desk.onlyReply(line, conversation);
    }

    private AnswerWindow window() {
        return conversations.find(line.tenant(), conversation).orElseThrow().window();
    }

    private void closeWindow() {
        desk.change(
                line,
                "update conversation set customer_wrote_at = customer_wrote_at - interval '25 hours' where tenant_id = ?");
    }

    private void sendUntil(String status, ReplyId reply) {
        await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return desk.thread(line, conversation).stream()
                    .filter(message ->
                            message.direction() == Direction.OUT && message.id().equals(reply.value()))
                    .anyMatch(message -> message.status().equals(status));
        });
    }
}
