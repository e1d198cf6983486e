package io.switchboard.conversations;

import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;

/** Outcome of {@link TestMessageService#send}. */
public sealed interface TestMessage {

    /** It leaves as every reply does; the conversation shows how far it gets. */
    record Underway(ConversationId conversation, ReplyId reply) implements TestMessage {}

    record UnknownChannel() implements TestMessage {}

    /** @param problem continues "The telephone …" */
    record InvalidTelephone(String problem) implements TestMessage {}

    /**
     * Nothing is sent.
     *
     * @param sentence why not, in plain words
     * @param remedy what to do
     */
    record Refused(String sentence, String remedy) implements TestMessage {}
}
