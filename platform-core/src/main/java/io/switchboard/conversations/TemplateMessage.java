package io.switchboard.conversations;

import io.switchboard.kernel.ReplyId;

/** Outcome of {@link TemplateMessageService#send}. */
public sealed interface TemplateMessage {

    /** It leaves as every reply does; the conversation shows how far it gets. */
    record Underway(ReplyId reply) implements TemplateMessage {}

    record UnknownConversation() implements TemplateMessage {}

    /**
     * @param variable its number from 0; -1 for all of them
     * @param problem continues "The values …", or "The value …" of one
     */
    record InvalidValues(int variable, String problem) implements TemplateMessage {}

    /**
     * Nothing is sent.
     *
     * @param sentence why not, in plain words
     * @param remedy what to do
     */
    record Refused(String sentence, String remedy) implements TemplateMessage {}
}
