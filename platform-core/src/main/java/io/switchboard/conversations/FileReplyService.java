package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.FileType;
import io.switchboard.conversations.FileReply.InvalidFile;
import io.switchboard.conversations.FileReply.InvalidText;
import io.switchboard.conversations.FileReply.Refused;
import io.switchboard.conversations.FileReply.TooLarge;
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

    private static final String TYPES =
            "must be a JPEG or PNG picture, or a PDF, DOCX, XLSX, PPTX, TXT or CSV document without macros, and be called so";

    private static final String FULL = "The files that people sent fill the storage of your plan."
            + " Send a link to this one, keep messages for a shorter time, or change the plan.";

    private final TenancyService tenancy;
    private final ChannelFiles channels;
    private final FileTypes types;
    private final TenantTransactions transactions;
    private final PersonWriter writer;
    private final AuditService audit;
    private final ReplySender sender;
    private final ApplicationEventPublisher events;

    FileReplyService(
            TenancyService tenancy,
            ChannelFiles channels,
            FileTypes types,
            TenantTransactions transactions,
            PersonWriter writer,
            AuditService audit,
            ReplySender sender,
            ApplicationEventPublisher events) {
        this.tenancy = tenancy;
        this.channels = channels;
        this.types = types;
        this.transactions = transactions;
        this.writer = writer;
        this.audit = audit;
        this.sender = sender;
        this.events = events;
    }

    /** Which files the conversation's channel takes; none if there is no such conversation. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public FileRules rules(TenantId tenant, ConversationId conversation) {
        return channels.rules(tenant, conversation).orElse(FileRules.NONE);
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
        Optional<FileRules> rules = channels.rules(tenant, conversation);
        if (rules.isEmpty()) {
            return new UnknownConversation();
        }
        if (rules.get().obstacle() != null) {
            return new Refused(rules.get().obstacle());
        }
        if (content.length == 0) {
            return new InvalidFile("is empty");
        }
        if (content.length > FileType.LARGEST_DOCUMENT) {
            return tooLarge("document", FileType.LARGEST_DOCUMENT);
        }
        String clean = FileName.clean(name);
        Optional<FileType> type = types.of(clean, content);
        if (type.isEmpty()) {
            return new InvalidFile(TYPES);
        }
        if (content.length > type.get().largest()) {
            return tooLarge("picture", type.get().largest());
        }
        String said = text.replace("\0", "").strip();
        return problem(rules.get(), type.get(), said)
                .orElseGet(
                        () -> write(tenant, conversation, said, new AttachedFile(clean, type.get(), content), person));
    }

    private static FileReply tooLarge(String kind, int largest) {
        return new TooLarge("A " + kind + " may have " + largest / 1_000_000
                + " MB at most. Make it smaller, or send a link to it.");
    }

    private static Optional<FileReply> problem(FileRules rules, FileType type, String text) {
        Integer longest = rules.captions().get(type);
        if (longest == null) {
            return Optional.of(new Refused(
                    "This channel takes no files of the type " + type + ". Send it as a PDF, or send a link to it."));
        }
        if (text.length() <= longest) {
            return Optional.empty();
        }
        return Optional.of(new InvalidText((longest == 0
                        ? "cannot stand beside a document in this channel"
                        : "has " + longest + " characters at most beside a file")
                + "; send it as a message of its own"));
    }

    private FileReply write(
            TenantId tenant, ConversationId conversation, String text, AttachedFile file, Actor person) {
        Long most = tenancy.planOf(tenant).maxStorageBytes();
        FileReply outcome = transactions.call(
                tenant,
                () -> writer.hasRoom(tenant, file, most)
                        ? writeAt(tenant, conversation, text, file, person)
                        : new Refused(FULL));
        if (outcome instanceof Underway) {
            sender.wake();
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        return outcome;
    }

    private FileReply writeAt(
            TenantId tenant, ConversationId conversation, String text, AttachedFile file, Actor person) {
        Optional<PersonWriter.Place> place = writer.lock(tenant, conversation);
        if (place.isEmpty()) {
            return new UnknownConversation();
        }
        ReplyDraft draft = ReplyDraft.byPerson(text, person.name());
        ReplyId written = writer.write(tenant, conversation, place.get(), draft, person);
        writer.attach(tenant, written, file);
        audit.record(tenant, person, "sent a file", "conversation", conversation.value(), file.name());
        return new Underway(written);
    }

    /** The file of a reply, for the customer of the conversation to read on the channel's own page. */
    @Internal
    public Optional<AttachedFile> findForCustomer(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return attached(tenant, conversation, reply);
    }

    /** The file of a reply in a conversation; empty if there is none. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Optional<AttachedFile> find(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return attached(tenant, conversation, reply);
    }

    private Optional<AttachedFile> attached(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return transactions.call(tenant, () -> writer.attached(tenant, conversation, reply));
    }
}
