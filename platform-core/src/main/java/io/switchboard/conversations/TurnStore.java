package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnsweringService;
import io.switchboard.answering.Question;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a turn answers and writes its result, in one transaction that only the holder of the newest claim can make. */
@Component
class TurnStore {

    /** Messages and replies before the turn that the chain sees. */
    private static final int HISTORY = 8;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AnsweringService answering;
    private final JsonMapper json;
    private final Clock clock;

    TurnStore(
            TenantTransactions transactions,
            JdbcClient jdbc,
            AnsweringService answering,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.answering = answering;
        this.json = json;
        this.clock = clock;
    }

    /** Everything unanswered; null if there is nothing, which ends the claim. */
    @Nullable
    TurnInput read(Claim claim) {
        return transactions.call(claim.tenant(), () -> {
            List<TurnInput.Pending> pending = jdbc.sql("""
                            select seq, kind, text, received_at from inbox
                             where tenant_id = ? and conversation_id = ? and seq > ? order by seq
                            """)
                    .params(claim.tenant().value(), claim.conversation().value(), claim.doneSeq())
                    .query(TurnStore::pending)
                    .list();
            if (pending.isEmpty()) {
                return null;
            }
            UUID channel = jdbc.sql("select channel_id from conversation where tenant_id = ? and id = ?")
                    .params(claim.tenant().value(), claim.conversation().value())
                    .query(UUID.class)
                    .single();
            return new TurnInput(new ChannelId(channel), pending, history(claim));
        });
    }

    /** True if messages came that the turn up to {@code lastSeq} does not cover. */
    boolean hasMore(Claim claim, long lastSeq) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("select last_seq > ? from conversation where tenant_id = ? and id = ?")
                        .params(
                                lastSeq,
                                claim.tenant().value(),
                                claim.conversation().value())
                        .query(Boolean.class)
                        .single());
    }

    /** Completes a turn with the chain's answer, and settles its quota; false if the claim is stale and nothing was written. */
    boolean complete(Claim claim, TurnInput input, Question question, Answer answer) {
        return transactions.call(claim.tenant(), () -> {
            boolean ours = writeReply(claim, input, ReplyDraft.of(answer));
            if (ours) {
                answering.settle(claim.tenant(), question, answer);
            }
            return ours;
        });
    }

    /** Completes a turn that failed for good; false if the claim is stale. */
    boolean completeWithFallback(Claim claim, TurnInput input) {
        return transactions.call(claim.tenant(), () -> writeReply(claim, input, ReplyDraft.fallback()));
    }

    /** The reply, the messages it covers and the end of the queue's head, all or nothing. */
    private boolean writeReply(Claim claim, TurnInput input, ReplyDraft draft) {
        if (!moveHead(claim, input.lastSeq())) {
            return false;
        }
        ReplyId reply = ReplyId.next();
        insertReply(claim, input, reply, draft);
        jdbc.sql("""
                        update inbox set reply_id = :reply
                         where tenant_id = :tenant and conversation_id = :conversation and seq between :first and :last
                        """)
                .param("reply", reply.value())
                .param("tenant", claim.tenant().value())
                .param("conversation", claim.conversation().value())
                .param("first", claim.firstSeq())
                .param("last", input.lastSeq())
                .update();
        return true;
    }

    /** Moves on over messages that need no answer; false if the claim is stale. */
    boolean skip(Claim claim, TurnInput input) {
        return transactions.call(claim.tenant(), () -> moveHead(claim, input.lastSeq()));
    }

    /** Ends a claim that found nothing to do. */
    void finish(Claim claim) {
        transactions.run(claim.tenant(), () -> moveHead(claim, claim.doneSeq()));
    }

    /** The fence: one row, or the claim is stale. What else is to be done is decided on the row that the webhook locks too. */
    private boolean moveHead(Claim claim, long lastSeq) {
        return jdbc.sql("""
                                update conversation
                                   set done_seq = :last, head_attempts = 0, lease_until = null,
                                       run_at = case when last_seq > :last then clock_timestamp() end,
                                       waiting_since = case when last_seq > :last then clock_timestamp() end
                                 where tenant_id = :tenant and id = :id and token = :token and done_seq = :done
                                """)
                        .param("last", lastSeq)
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.conversation().value())
                        .param("token", claim.token())
                        .param("done", claim.doneSeq())
                        .update()
                == 1;
    }

    private void insertReply(Claim claim, TurnInput input, ReplyId reply, ReplyDraft draft) {
        jdbc.sql("""
                        insert into reply (tenant_id, id, conversation_id, channel_id, first_seq, last_seq, outcome, text, citations,
                          model, input_tokens, output_tokens, retrieval_millis, generation_millis, created_at, status, next_at)
                        values (:tenant, :id, :conversation, :channel, :first, :last, :outcome, :text, :citations::jsonb,
                          :model, :input, :output, :retrieval, :generation, :now, 'PENDING', clock_timestamp())
                        """)
                .param("tenant", claim.tenant().value())
                .param("id", reply.value())
                .param("conversation", claim.conversation().value())
                .param("channel", input.channel().value())
                .param("first", claim.firstSeq())
                .param("last", input.lastSeq())
                .param("outcome", draft.outcome())
                .param("text", draft.text())
                .param("citations", json.writeValueAsString(draft.citations()))
                .param("model", draft.model())
                .param("input", draft.inputTokens())
                .param("output", draft.outputTokens())
                .param("retrieval", draft.retrievalMillis())
                .param("generation", draft.generationMillis())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private List<Utterance> history(Claim claim) {
        List<Utterance> newestFirst = jdbc.sql("""
                        select speaker, text from (
                          select 'CUSTOMER' as speaker, text, seq, 0 as turn from inbox
                           where tenant_id = :tenant and conversation_id = :conversation and seq <= :done and text is not null
                          union all
                          select 'BOT', text, last_seq, 1 from reply
                           where tenant_id = :tenant and conversation_id = :conversation and last_seq <= :done) said
                         order by seq desc, turn desc limit :limit
                        """)
                .param("tenant", claim.tenant().value())
                .param("conversation", claim.conversation().value())
                .param("done", claim.doneSeq())
                .param("limit", HISTORY)
                .query((row, number) -> new Utterance(Speaker.valueOf(row.getString("speaker")), row.getString("text")))
                .list();
        return newestFirst.reversed();
    }

    private static TurnInput.Pending pending(ResultSet row, int number) throws SQLException {
        String text = row.getString("text");
        boolean answerable = MessageKind.valueOf(row.getString("kind")).answerable(text);
        return new TurnInput.Pending(
                row.getLong("seq"),
                answerable,
                text == null ? "" : text,
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
