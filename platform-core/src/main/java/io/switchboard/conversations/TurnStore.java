package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnsweringService;
import io.switchboard.answering.Question;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
    private final DeliveryPolicyService policies;
    private final JsonMapper json;
    private final Clock clock;

    TurnStore(
            TenantTransactions transactions,
            JdbcClient jdbc,
            AnsweringService answering,
            DeliveryPolicyService policies,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.answering = answering;
        this.policies = policies;
        this.json = json;
        this.clock = clock;
    }

    /** Everything unanswered; null if there is nothing, which ends the claim. */
    @Nullable
    TurnInput read(Claim claim) {
        return transactions.call(claim.tenant(), () -> {
            List<TurnInput.Pending> pending = jdbc.sql("""
                            select seq, kind, text, sent_at, received_at from inbox
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
            Duration answerWithin = policies.find(claim.tenant()).answerWithin();
            return new TurnInput(new ChannelId(channel), pending, history(claim), answerWithin);
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

    /** Completes a turn with a text that no chain made, such as the fallback; false if the claim is stale. */
    boolean complete(Claim claim, TurnInput input, ReplyDraft draft) {
        return transactions.call(claim.tenant(), () -> writeReply(claim, input, draft));
    }

    /** Puts a new answer into the reply of a turn that had failed, and sends it; false if that reply is no longer the fallback. */
    boolean replaceFallback(TenantId tenant, ReplyId reply, Question question, Answer answer) {
        return transactions.call(tenant, () -> {
            ReplyDraft draft = ReplyDraft.of(answer);
            int rows = jdbc.sql("""
                            update reply
                               set outcome = :outcome, text = :text, citations = :citations::jsonb, model = :model,
                                   input_tokens = :input, output_tokens = :output, retrieval_millis = :retrieval,
                                   generation_millis = :generation, created_at = :now, status = 'PENDING', attempts = 0,
                                   next_at = clock_timestamp(), provider_message_id = null, sending_at = null, sent_at = null,
                                   delivered_at = null, read_at = null, failed_at = null, error_code = null, error_detail = null
                             where tenant_id = :tenant and id = :id and outcome = :fallback and discarded_at is null
                            """)
                    .param("outcome", draft.outcome())
                    .param("text", draft.text())
                    .param("citations", json.writeValueAsString(draft.citations()))
                    .param("model", draft.model())
                    .param("input", draft.inputTokens())
                    .param("output", draft.outputTokens())
                    .param("retrieval", draft.retrievalMillis())
                    .param("generation", draft.generationMillis())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("tenant", tenant.value())
                    .param("id", reply.value())
                    .param("fallback", ReplyDraft.FALLBACK)
                    .update();
            if (rows == 1) {
                answering.settle(tenant, question, answer);
            }
            return rows == 1;
        });
    }

    /** What a failed turn was asked; empty if the reply is not the fallback of one. */
    Optional<FailedTurn> failedTurn(TenantId tenant, ReplyId reply) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select r.channel_id, r.conversation_id, r.first_seq,
                               (select string_agg(i.text, E'\n' order by i.seq) from inbox i
                                 where i.tenant_id = r.tenant_id and i.reply_id = r.id and i.text is not null) as question
                          from reply r
                         where r.tenant_id = ? and r.id = ? and r.outcome = ? and r.discarded_at is null
                        """)
                        .params(tenant.value(), reply.value(), ReplyDraft.FALLBACK)
                        .query((row, number) -> new FailedTurn(
                                new ChannelId(row.getObject("channel_id", UUID.class)),
                                new ConversationId(row.getObject("conversation_id", UUID.class)),
                                row.getLong("first_seq"),
                                row.getString("question")))
                        .optional());
    }

    record FailedTurn(ChannelId channel, ConversationId conversation, long firstSeq, String question) {}

    /** Answerable messages of the last minute, and whether the customer was told in it that they are too many. */
    Flow flow(Claim claim) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("""
                        select (select count(*) from inbox
                                 where tenant_id = :tenant and conversation_id = :conversation and text is not null
                                   and received_at > :since) as messages,
                               exists (select 1 from reply
                                 where tenant_id = :tenant and conversation_id = :conversation and outcome = :flood
                                   and created_at > :since) as told
                        """)
                        .param("tenant", claim.tenant().value())
                        .param("conversation", claim.conversation().value())
                        .param(
                                "since",
                                clock.instant().minus(Duration.ofMinutes(1)).atOffset(ZoneOffset.UTC))
                        .param("flood", ReplyDraft.FLOOD)
                        .query((row, number) -> new Flow(row.getLong("messages"), row.getBoolean("told")))
                        .single());
    }

    record Flow(long messagesInLastMinute, boolean told) {}

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

    /** Moves on over messages that ask for nothing; false if the claim is stale. */
    boolean skip(Claim claim, TurnInput input) {
        return transactions.call(claim.tenant(), () -> moveHead(claim, input.lastSeq()));
    }

    /** Moves on over messages that get no answer, and shows people why; false if the claim is stale. */
    boolean skip(Claim claim, TurnInput input, Skip reason) {
        return transactions.call(claim.tenant(), () -> {
            boolean ours = moveHead(claim, input.lastSeq());
            if (ours) {
                jdbc.sql("""
                                update inbox set skipped = :reason
                                 where tenant_id = :tenant and conversation_id = :conversation and seq between :first and :last
                                """)
                        .param("reason", reason.name())
                        .param("tenant", claim.tenant().value())
                        .param("conversation", claim.conversation().value())
                        .param("first", claim.firstSeq())
                        .param("last", input.lastSeq())
                        .update();
            }
            return ours;
        });
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
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
