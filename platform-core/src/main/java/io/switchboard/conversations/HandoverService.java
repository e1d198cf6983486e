package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.Optional;
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
    private final PersonWriter writer;
    private final AuditService audit;
    private final ReplySender sender;
    private final TurnEngine engine;
    private final ApplicationEventPublisher events;

    HandoverService(
            TenantTransactions transactions,
            JdbcClient jdbc,
            PersonWriter writer,
            AuditService audit,
            ReplySender sender,
            TurnEngine engine,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.writer = writer;
        this.audit = audit;
        this.sender = sender;
        this.engine = engine;
        this.events = events;
    }

    /** Stops the bot; who takes over what a colleague has, has it from then on. False if there is no such conversation. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public boolean takeOver(TenantId tenant, ConversationId conversation, Actor person) {
        boolean found = transactions.call(tenant, () -> {
            boolean changed = writer.take(tenant, conversation, person);
            if (changed) {
                audit.record(tenant, person, "taken over", "conversation", conversation.value(), null);
            }
            return changed;
        });
        publish(tenant, conversation);
        return found;
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
                () -> writer.lock(tenant, conversation).map(place -> write(tenant, conversation, place, said, person)));
        sender.wake();
        publish(tenant, conversation);
        return reply;
    }

    private ReplyId write(
            TenantId tenant, ConversationId conversation, PersonWriter.Place place, String text, Actor person) {
        ReplyId reply = writer.write(tenant, conversation, place, ReplyDraft.byPerson(text, person.name()), person);
        audit.record(tenant, person, "replied", "conversation", conversation.value(), null);
        return reply;
    }

    private void publish(TenantId tenant, ConversationId conversation) {
        events.publishEvent(new ConversationChanged(tenant, conversation));
    }
}
