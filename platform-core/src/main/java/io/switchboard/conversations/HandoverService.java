package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * People who answer in the bot's place. From the moment a conversation is taken over the bot says nothing more in it: a turn that runs is
 * fenced off, and no other is claimed until the conversation is given back.
 */
@Service
public class HandoverService {

    /** WhatsApp's limit for a text; other channels take more. */
    public static final int MAX_TEXT_LENGTH = 4096;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final ReplyWriter replies;
    private final AuditService audit;
    private final ReplySender sender;
    private final TurnEngine engine;
    private final ApplicationEventPublisher events;

    HandoverService(
            TenantTransactions transactions,
            JdbcClient jdbc,
            ReplyWriter replies,
            AuditService audit,
            ReplySender sender,
            TurnEngine engine,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.replies = replies;
        this.audit = audit;
        this.sender = sender;
        this.engine = engine;
        this.events = events;
    }

    /** Stops the bot; who takes over what a colleague has, has it from then on. False if there is no such conversation. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public boolean takeOver(TenantId tenant, ConversationId conversation, Actor person) {
        boolean found = transactions.call(tenant, () -> {
            boolean changed = take(tenant, conversation, person);
            if (changed) {
                audit.record(tenant, person, "taken over", "conversation", conversation.value(), null);
            }
            return changed;
        });
        publish(tenant, conversation);
        return found;
    }

    private boolean take(TenantId tenant, ConversationId conversation, Actor person) {
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

    /** Gives a conversation back to the bot, which answers what nobody has answered yet. False if there is no such conversation. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public boolean release(TenantId tenant, ConversationId conversation, Actor person) {
        boolean found = transactions.call(tenant, () -> {
            boolean changed = jdbc.sql("""
                                    update conversation
                                       set taken_at = null, taken_by = null,
                                           run_at = case when taken_at is null then run_at
                                                         when last_seq > done_seq then clock_timestamp() end
                                     where tenant_id = :tenant and id = :id
                                    """)
                            .param("tenant", tenant.value())
                            .param("id", conversation.value())
                            .update()
                    == 1;
            if (changed) {
                audit.record(tenant, person, "given back", "conversation", conversation.value(), null);
            }
            return changed;
        });
        engine.wake(Duration.ZERO);
        publish(tenant, conversation);
        return found;
    }

    /**
     * Sends a person's words as they are, in answer to everything unanswered, and takes the conversation over if nobody has.
     *
     * @return the reply; empty if there is no such conversation
     * @throws IllegalArgumentException if the text is blank or longer than {@link #MAX_TEXT_LENGTH}
     */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public Optional<ReplyId> reply(TenantId tenant, ConversationId conversation, String text, Actor person) {
        String said = text.replace("\0", "").strip();
        if (said.isEmpty() || said.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("a reply has 1 to " + MAX_TEXT_LENGTH + " characters: " + said.length());
        }
        Optional<ReplyId> reply = transactions.call(
                tenant,
                () -> lock(tenant, conversation).map(place -> write(tenant, conversation, place, said, person)));
        sender.wake();
        publish(tenant, conversation);
        return reply;
    }

    /** Where a person's reply goes: after everything, covering what is not done. */
    private record Place(ChannelId channel, long lastSeq, long doneSeq, boolean taken) {}

    private Optional<Place> lock(TenantId tenant, ConversationId conversation) {
        return jdbc.sql("""
                        select channel_id, last_seq, done_seq, taken_at is not null as taken
                          from conversation where tenant_id = ? and id = ? for update
                        """)
                .params(tenant.value(), conversation.value())
                .query((row, number) -> new Place(
                        new ChannelId(row.getObject("channel_id", UUID.class)),
                        row.getLong("last_seq"),
                        row.getLong("done_seq"),
                        row.getBoolean("taken")))
                .optional();
    }

    private ReplyId write(TenantId tenant, ConversationId conversation, Place place, String text, Actor person) {
        if (!place.taken()) {
            take(tenant, conversation, person);
        }
        ReplyId reply = replies.writeForPerson(
                new ReplyWriter.Place(tenant, conversation, place.channel(), place.doneSeq() + 1, place.lastSeq() + 1),
                ReplyDraft.byPerson(text, person.name()));
        audit.record(tenant, person, "replied", "conversation", conversation.value(), null);
        return reply;
    }

    private void publish(TenantId tenant, ConversationId conversation) {
        events.publishEvent(new ConversationChanged(tenant, conversation));
    }
}
