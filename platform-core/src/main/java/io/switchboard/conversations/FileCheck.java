package io.switchboard.conversations;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.FileType;
import io.switchboard.conversations.FileReply.InvalidFile;
import io.switchboard.conversations.FileReply.InvalidText;
import io.switchboard.conversations.FileReply.Refused;
import io.switchboard.conversations.FileReply.TooLarge;
import io.switchboard.conversations.FileReply.UnknownConversation;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which files may go into a conversation: its channel decides on types and words, and the bytes decide what a file is. */
@Component
class FileCheck {

    private static final String TYPES =
            "must be a JPEG or PNG picture, or a PDF, DOCX, XLSX, PPTX, TXT or CSV document without macros, and be called so";

    private final ConversationReader reader;
    private final ChannelService channels;
    private final ObjectProvider<ChannelGateway> gateways;
    private final FileTypes types;

    FileCheck(
            ConversationReader reader,
            ChannelService channels,
            ObjectProvider<ChannelGateway> gateways,
            FileTypes types) {
        this.reader = reader;
        this.channels = channels;
        this.gateways = gateways;
        this.types = types;
    }

    sealed interface Outcome {

        /** @param text without blanks around it */
        record Fits(AttachedFile file, String text) implements Outcome {}

        /** @param answer to whoever wanted to send it; never {@link FileReply.Underway} */
        record Unfit(FileReply answer) implements Outcome {}
    }

    /** Empty if there is no such conversation. */
    Optional<FileRules> rules(TenantId tenant, ConversationId conversation) {
        return reader.find(tenant, conversation)
                .flatMap(found -> channels.findRecent(tenant, found.channel()))
                .map(channel -> ChannelPort.of(channel.provider(), gateways)
                        .map(ChannelGateway::fileRules)
                        .orElse(FileRules.NONE));
    }

    /**
     * @param text to stand beside the file; blank for none
     * @param name as it was called where it came from
     */
    Outcome check(TenantId tenant, ConversationId conversation, String text, String name, byte[] content) {
        Optional<FileRules> rules = rules(tenant, conversation);
        if (rules.isEmpty()) {
            return new Outcome.Unfit(new UnknownConversation());
        }
        if (rules.get().obstacle() != null) {
            return new Outcome.Unfit(new Refused(rules.get().obstacle()));
        }
        if (content.length == 0) {
            return new Outcome.Unfit(new InvalidFile("is empty"));
        }
        if (content.length > FileType.LARGEST_DOCUMENT) {
            return tooLarge("document", FileType.LARGEST_DOCUMENT);
        }
        String clean = FileName.clean(name);
        Optional<FileType> type = types.of(clean, content);
        if (type.isEmpty()) {
            return new Outcome.Unfit(new InvalidFile(TYPES));
        }
        if (content.length > type.get().largest()) {
            return tooLarge("picture", type.get().largest());
        }
        String said = text.replace("\0", "").strip();
        return problem(rules.get(), type.get(), said)
                .<Outcome>map(Outcome.Unfit::new)
                .orElseGet(() -> new Outcome.Fits(new AttachedFile(clean, type.get(), content), said));
    }

    private static Outcome tooLarge(String kind, int largest) {
        return new Outcome.Unfit(new TooLarge("A " + kind + " may have " + largest / 1_000_000
                + " MB at most. Make it smaller, or send a link to it."));
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
}
