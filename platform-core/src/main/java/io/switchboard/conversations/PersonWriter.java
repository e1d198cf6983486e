package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what people say in the bot's place; every call inside a transaction of the tenant. */
@Component
class PersonWriter {

    private final JdbcClient jdbc;
    private final ReplyWriter replies;

    PersonWriter(JdbcClient jdbc, ReplyWriter replies) {
        this.jdbc = jdbc;
        this.replies = replies;
    }

    /** Where a person's reply goes: after everything, covering what is not done. */
    record Place(ChannelId channel, long lastSeq, long doneSeq, boolean taken, boolean optedOut) {}

    /** Locks the conversation; empty if there is none. */
    Optional<Place> lock(TenantId tenant, ConversationId conversation) {
        return jdbc.sql("""
                        select channel_id, last_seq, done_seq, taken_at is not null as taken, opted_out_at is not null as opted_out
                          from conversation where tenant_id = ? and id = ? for update
                        """)
                .params(tenant.value(), conversation.value())
                .query((row, number) -> new Place(
                        new ChannelId(row.getObject("channel_id", UUID.class)),
                        row.getLong("last_seq"),
                        row.getLong("done_seq"),
                        row.getBoolean("taken"),
                        row.getBoolean("opted_out")))
                .optional();
    }

    /** From now on the conversation is the person's; false if there is none. */
    boolean take(TenantId tenant, ConversationId conversation, Actor person) {
        return jdbc.sql("""
                                update conversation
                                   set taken_at = clock_timestamp(), taken_by = :person, run_at = null, lease_until = null,
                                       head_attempts = 0, token = token + 1
                                 where tenant_id = :tenant and id = :id
                                """)
                        .param("person", person.name())
                        .param("tenant", tenant.value())
                        .param("id", conversation.value())
                        .update()
                == 1;
    }

    /** What was written at a request with this id before, in the same conversation. */
    Optional<ReplyId> written(TenantId tenant, ConversationId conversation, UUID request) {
        return jdbc.sql("select id from reply where tenant_id = ? and conversation_id = ? and request_id = ?")
                .params(tenant.value(), conversation.value(), request)
                .query((row, number) -> new ReplyId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** Remembers at which request a reply was written, so that it is not written again. */
    void remember(TenantId tenant, ReplyId reply, UUID request) {
        jdbc.sql("update reply set request_id = ? where tenant_id = ? and id = ?")
                .params(request, tenant.value(), reply.value())
                .update();
    }

    /** In answer to everything unanswered; takes the conversation over if nobody has. The caller holds its lock. */
    ReplyId write(TenantId tenant, ConversationId conversation, Place place, ReplyDraft draft, Actor person) {
        if (!place.taken()) {
            take(tenant, conversation, person);
        }
        return replies.writeForPerson(
                new ReplyWriter.Place(tenant, conversation, place.channel(), place.doneSeq() + 1, place.lastSeq() + 1),
                draft);
    }
}
