package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FileRules;
import io.switchboard.conversations.FileReply.Refused;
import io.switchboard.conversations.FileReply.Underway;
import io.switchboard.conversations.FileReply.UnknownConversation;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Pictures and documents that people send to customers, beside or in place of words. */
@Service
public class FileReplyService {

    private static final String FULL = "The files that people sent fill the storage of your plan."
            + " Send a link to this one, keep messages for a shorter time, or change the plan.";

    private final TenancyService tenancy;
    private final FileCheck check;
    private final TenantTransactions transactions;
    private final PersonWriter writer;
    private final ReplyFileStore files;
    private final AuditService audit;
    private final ReplySender sender;
    private final ApplicationEventPublisher events;

    FileReplyService(
            TenancyService tenancy,
            FileCheck check,
            TenantTransactions transactions,
            PersonWriter writer,
            ReplyFileStore files,
            AuditService audit,
            ReplySender sender,
            ApplicationEventPublisher events) {
        this.tenancy = tenancy;
        this.check = check;
        this.transactions = transactions;
        this.writer = writer;
        this.files = files;
        this.audit = audit;
        this.sender = sender;
        this.events = events;
    }

    /** Which files the conversation's channel takes; none if there is no such conversation. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public FileRules rules(TenantId tenant, ConversationId conversation) {
        return check.rules(tenant, conversation).orElse(FileRules.NONE);
    }

    /**
     * Hands a file to the sender of replies, in answer to everything unanswered, and takes the conversation over if nobody has.
     *
     * @param text what stands beside the file, as it is; blank for none
     * @param name as it was called where it came from
     */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public FileReply send(
            TenantId tenant, ConversationId conversation, String text, String name, byte[] content, Actor person) {
        return switch (check.check(tenant, conversation, text, name, content)) {
            case FileCheck.Outcome.Unfit(var answer) -> answer;
            case FileCheck.Outcome.Fits(var file, var said) -> write(tenant, conversation, said, file, person);
        };
    }

    private FileReply write(
            TenantId tenant, ConversationId conversation, String text, AttachedFile file, Actor person) {
        Long most = tenancy.planOf(tenant).maxStorageBytes();
        FileReply outcome = transactions.call(
                tenant,
                () -> most == null || files.hasRoom(tenant, file, most)
                        ? writeAt(tenant, conversation, text, file, person)
                        : new Refused(FULL));
        if (outcome instanceof Underway) {
            sender.wake();
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        return outcome;
    }

    /** The file is stored in the transaction that writes the reply: the sender sees both or neither. */
    private FileReply writeAt(
            TenantId tenant, ConversationId conversation, String text, AttachedFile file, Actor person) {
        Optional<PersonWriter.Place> place = writer.lock(tenant, conversation);
        if (place.isEmpty()) {
            return new UnknownConversation();
        }
        ReplyDraft draft = ReplyDraft.byPerson(text, person.name());
        ReplyId written = writer.write(tenant, conversation, place.get(), draft, person);
        files.add(tenant, written, file);
        audit.record(tenant, person, "sent a file", "conversation", conversation.value(), file.name());
        return new Underway(written);
    }

    /** The file of a reply, for the customer of the conversation to read on the channel's own page. */
    @Internal
    public Optional<AttachedFile> findForCustomer(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return found(tenant, conversation, reply);
    }

    /** The file of a reply in a conversation; empty if there is none. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Optional<AttachedFile> find(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return found(tenant, conversation, reply);
    }

    private Optional<AttachedFile> found(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return transactions.call(tenant, () -> files.find(tenant, conversation, reply));
    }
}
