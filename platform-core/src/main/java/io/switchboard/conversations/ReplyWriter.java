package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a reply together with what it ends: the head of the queue and the messages that it covers. */
@Component
class ReplyWriter {

    /** All of it or nothing: where the head moves in no row, there is no reply and no message is marked. */
    private static final String WITH_HEAD = """
            with head as (%s returning id),
            answer as (
              insert into reply (tenant_id, id, conversation_id, channel_id, first_seq, last_seq, outcome, text, citations, model,
                input_tokens, output_tokens, retrieval_millis, generation_millis, created_at, status, next_at, author, template, choices)
              select :tenant, :reply, head.id, :channel, :first, :last, :outcome, :text, :citations::jsonb, :model,
                :input, :output, :retrieval, :generation, :now, 'PENDING', clock_timestamp(), :author, :template::jsonb, :choices::jsonb
                from head
              returning id)
            update inbox set reply_id = answer.id
              from answer
             where tenant_id = :tenant and conversation_id = :conversation and seq between :first and :last
            """;

    /** The end of a turn, if its claim is the newest. What else is to be done is decided on the row that the webhook locks too. */
    private static final String BY_TURN = WITH_HEAD.formatted("""
            update conversation
               set done_seq = :last, head_attempts = 0, lease_until = null,
                   run_at = case when last_seq > :last then clock_timestamp() end,
                   waiting_since = case when last_seq > :last then clock_timestamp() end
             where tenant_id = :tenant and id = :conversation and token = :token and done_seq = :done
            """);

    /** A person's words have a place of their own after everything, and need no claim: the conversation is locked and theirs. */
    private static final String BY_PERSON = WITH_HEAD.formatted("""
            update conversation set last_seq = :last, done_seq = :last, waiting_since = null, last_message_at = :now
             where tenant_id = :tenant and id = :conversation
            """);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    ReplyWriter(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @param first of the messages that are covered; {@code last} is also the reply's own place in the conversation */
    record Place(TenantId tenant, ConversationId conversation, ChannelId channel, long first, long last) {}

    /** False if the claim is stale and nothing was written. */
    boolean endTurn(Claim claim, TurnInput input, ReplyDraft draft) {
        Place place =
                new Place(claim.tenant(), claim.conversation(), input.channel(), claim.firstSeq(), input.lastSeq());
        return write(BY_TURN, place, ReplyId.next(), draft, Map.of("token", claim.token(), "done", claim.doneSeq()))
                > 0;
    }

    /** The caller holds the conversation's lock. */
    ReplyId writeForPerson(Place place, ReplyDraft draft) {
        ReplyId reply = ReplyId.next();
        write(BY_PERSON, place, reply, draft, Map.of());
        return reply;
    }

    private int write(String sql, Place place, ReplyId reply, ReplyDraft draft, Map<String, Long> fence) {
        return jdbc.sql(sql)
                .param("tenant", place.tenant().value())
                .param("conversation", place.conversation().value())
                .param("first", place.first())
                .param("last", place.last())
                .param("reply", reply.value())
                .param("channel", place.channel().value())
                .param("outcome", draft.outcome())
                .param("text", draft.text())
                .param("citations", json.writeValueAsString(draft.citations()))
                .param("model", draft.model())
                .param("input", draft.inputTokens())
                .param("output", draft.outputTokens())
                .param("retrieval", draft.retrievalMillis())
                .param("generation", draft.generationMillis())
                .param("author", draft.author())
                .param("choices", StoredChoices.write(json, draft.choices()))
                .param("template", draft.template() == null ? null : json.writeValueAsString(draft.template()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .params(fence)
                .update();
    }
}
