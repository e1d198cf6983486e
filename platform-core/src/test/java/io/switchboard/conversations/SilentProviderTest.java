package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A provider that takes requests and does not answer holds up the replies of its own tenant, never those of others. */
@EngineTest
class SilentProviderTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");

    @Autowired
    Desk desk;

    @Autowired
    HandoverService handover;

    @Autowired
    FileReplyService files;

    @Autowired
    ReplySender sender;

    @Autowired
    FakeGateway gateway;

    private Desk.Line silent;
    private Desk.Line other;

    @BeforeEach
    void fallSilent() {
        silent = desk.open();
        other = desk.open();
        gateway.fallSilent(silent.channel());
    }

    @AfterEach
    void speakAgain() {
        gateway.speakAgain(silent.channel());
        await().until(() -> {
            sender.sendDue();
            return desk.count(silent, "select count(*) from reply where tenant_id = ? and status <> 'SENT'") == 0;
        });
    }

    @Test
    void takes_no_more_than_a_tenants_share_of_the_sends() throws Exception {
        List<ReplyId> waiting = replies(silent, 40);
        awaitAsked(waiting, 32);

        ReplyId reply = replies(other, 1).getFirst();

        awaitSent(other, reply);
        sender.sendDue();
        assertThat(gateway.asked(waiting)).hasSize(32);
    }

    @Test
    void takes_no_more_than_a_tenants_share_of_the_files() throws Exception {
        List<ReplyId> waiting = filesTo(silent, 5);
        awaitAsked(waiting, 2);

        ReplyId file = filesTo(other, 1).getFirst();

        awaitSent(other, file);
        assertThat(gateway.asked(waiting)).hasSize(2);
    }

    private List<ReplyId> replies(Desk.Line line, int wanted) {
        return conversations(line, wanted).stream()
                .map(conversation -> handover.reply(line.tenant(), conversation, "One moment.", ANNA)
                        .orElseThrow())
                .toList();
    }

    private List<ReplyId> filesTo(Desk.Line line, int wanted) {
        List<ReplyId> sent = new ArrayList<>();
        for (ConversationId conversation : conversations(line, wanted)) {
            byte[] offer = "pdf:an offer".getBytes(StandardCharsets.UTF_8);
            sent.add(((FileReply.Underway) files.send(line.tenant(), conversation, "", "offer.pdf", offer, ANNA))
                    .reply());
        }
        return sent;
    }

    private List<ConversationId> conversations(Desk.Line line, int wanted) {
        return IntStream.range(0, wanted)
                .mapToObj(number -> desk.write(line, "customer-" + number, "Hello"))
                .toList();
    }

    private void awaitAsked(List<ReplyId> replies, int wanted) {
        await().until(() -> {
            sender.sendDue();
            return Set.copyOf(gateway.asked(replies)).size() == wanted;
        });
    }

    private void awaitSent(Desk.Line line, ReplyId reply) {
        await().until(() -> {
            sender.sendDue();
            return desk.count(line, "select count(*) from reply where tenant_id = ? and status = 'SENT'") == 1;
        });
        assertThat(gateway.asked(List.of(reply))).containsExactly(reply);
    }
}
