package io.switchboard.channels;

import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way out to one provider. One try per call: repeating is the sender's business. */
public interface ChannelGateway extends ChannelPort {

    /** Longest text of one message, in characters. */
    int maxTextLength();

    /** Empty: as fast as we can. */
    default Optional<SendRates> rates() {
        return Optional.empty();
    }

    /** Turns an answer's Markdown into what this provider shows. */
    String format(String markdown);

    /** How long after a customer's message we may write freely; empty: always. */
    default Optional<Duration> answerWindow() {
        return Optional.empty();
    }

    /**
     * How this provider knows a telephone; empty if none stands at the other end.
     *
     * @param digits country code and number
     */
    default Optional<Telephone> telephone(String digits) {
        return Optional.empty();
    }

    /** Whether {@link #markRead} does something. */
    default boolean marksRead() {
        return false;
    }

    /** Shows the customer that a message was read, and perhaps that an answer is being written. Nobody minds if it fails. */
    default void markRead(TenantId tenant, Channel channel, ReadMark mark) {}

    /** Takes the sign of typing away once the answer is written, where the provider does not do so by itself. */
    default void stopTyping(TenantId tenant, Channel channel, ReadMark mark) {}

    SendResult send(TenantId tenant, Channel channel, OutboundText message);

    /** Whether {@link #sendChoices} shows these under the text. Where it does not, they are numbered in the text. */
    default boolean showsChoices(OutboundChoices message) {
        return false;
    }

    /** Sends a text with choices under it. */
    default SendResult sendChoices(TenantId tenant, Channel channel, OutboundChoices message) {
        return send(tenant, channel, message.numbered());
    }

    /** Sends a text that the provider knows already. Refused where there are none, see {@link ChannelTemplates}. */
    default SendResult sendTemplate(TenantId tenant, Channel channel, OutboundTemplate message) {
        return new SendResult.Rejected("no-templates", "messages of this channel have no templates");
    }

    /** Which files {@link #sendFile} takes; asked before a person's file is stored. */
    default FileRules fileRules() {
        return FileRules.NONE;
    }

    /** Sends a file with the text beside it. Refused where there are none, see {@link #fileRules}. */
    default SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        return new SendResult.Rejected("no-files", "files cannot be sent through this channel");
    }

    /**
     * Asks the provider which messages like this one it took from us, before one whose outcome nobody knows is sent again.
     *
     * @param since when the message was written
     * @return the provider's ids, oldest first; empty if the provider cannot tell
     */
    default Optional<List<String>> findSent(TenantId tenant, Channel channel, OutboundText message, Instant since) {
        return Optional.empty();
    }

    /** As {@link #findSent}, for a template, of whose words the provider may remember some or none. */
    default Optional<List<String>> findSentTemplate(
            TenantId tenant, Channel channel, OutboundTemplate message, Instant since) {
        return findSent(tenant, channel, message.message(), since);
    }
}
