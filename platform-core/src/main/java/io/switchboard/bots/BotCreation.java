package io.switchboard.bots;

import io.switchboard.kernel.KnowledgeBaseId;

/** Outcome of {@link BotService#create} and {@link BotService#changeDraft}. */
public sealed interface BotCreation {

    record Saved(Bot bot) implements BotCreation {}

    record UnknownKnowledgeBase(KnowledgeBaseId knowledgeBase) implements BotCreation {}

    record UnknownBot() implements BotCreation {}
}
