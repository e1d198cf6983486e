package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.kernel.ConversationId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class TurnTest {

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    TenancyService tenancy;

    @Autowired
    DeliveryPolicyService policies;

    @Test
    void shows_a_stale_message_to_people_instead_of_answering_it() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Is today's tour full?");
        desk.change(line, "update inbox set sent_at = sent_at - interval '6 hours' where tenant_id = ?");

        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.SKIPPED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(1);
        assertThat(thread.getFirst().status()).isEqualTo("STALE");
    }

    @Test
    void answers_an_old_message_where_the_tenant_wants_it() {
        Desk.Line line = desk.open();
        policies.save(line.tenant(), new DeliveryPolicy(Duration.ofHours(12), true));
        desk.write(line, "alice", "Is today's tour full?");
        desk.change(line, "update inbox set sent_at = sent_at - interval '6 hours' where tenant_id = ?");

        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.REPLIED);
    }

    @Test
    void tells_a_flooding_customer_once_and_keeps_what_they_write() {
        Desk.Line line = desk.open();
        int limit = BotDefinition.DEFAULT_MESSAGES_PER_MINUTE;
        ConversationId conversation = null;
        for (int number = 0; number <= limit; number++) {
            conversation = desk.write(line, "alice", "message " + number);
        }

        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.REPLIED);
        desk.write(line, "alice", "one more");
        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.SKIPPED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(limit + 3);
        assertThat(thread.getLast().status()).isEqualTo("FLOOD");
        assertThat(thread)
                .filteredOn(message -> message.direction() == ThreadMessage.Direction.OUT)
                .hasSize(1);
    }

    @Test
    void gives_a_message_up_that_ends_whoever_reads_it() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Hello");
        desk.change(line, "update conversation set head_attempts = 5 where tenant_id = ?");

        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text())
                .isEqualTo(ReplyDraft.fallback(BotSentences.DEFAULTS).text());
    }

    @Test
    void keeps_a_suspended_tenants_messages_for_later() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Hello");
        tenancy.changeStatus(line.tenant(), TenantStatus.SUSPENDED);

        assertThat(desk.claim(line, Desk.LEASE)).isEmpty();

        tenancy.changeStatus(line.tenant(), TenantStatus.ACTIVE);
        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.REPLIED);
        assertThat(desk.thread(line, conversation)).hasSize(2);
    }

    @Test
    void moves_on_over_a_reaction_without_a_word() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "Thanks");
        desk.change(line, "update inbox set kind = 'REACTION' where tenant_id = ?");

        assertThat(turn.run(claim(line))).isEqualTo(Turn.Result.SKIPPED);
        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::status)
                .containsExactly("STORED");
    }

    private Claim claim(Desk.Line line) {
        return desk.claim(line, Desk.LEASE).getFirst();
    }
}
