package io.switchboard.conversations;

import io.switchboard.kernel.ReplyId;

/** Outcome of {@link FileReplyService#send}; where it is not under way, nothing is stored. */
public sealed interface FileReply {

    /** It leaves as every reply does; the conversation shows how far it gets. */
    record Underway(ReplyId reply) implements FileReply {}

    record UnknownConversation() implements FileReply {}

    /** @param problem continues "The file …" */
    record InvalidFile(String problem) implements FileReply {}

    /** @param sentence says how large it may be and what to do */
    record TooLarge(String sentence) implements FileReply {}

    /** @param problem continues "The text …" */
    record InvalidText(String problem) implements FileReply {}

    /**
     * The channel does not take it.
     *
     * @param sentence why not and what to do, in plain words
     */
    record Refused(String sentence) implements FileReply {}
}
