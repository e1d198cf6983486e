package io.switchboard.api;

import io.switchboard.bots.Bot;
import io.switchboard.bots.BotDefinition;
import io.switchboard.kernel.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A bot as clients read it.
 *
 * @param version number of the published version, from 1
 * @param draft what is edited
 * @param published what customers get
 */
record BotResponse(UUID id, String name, int version, Definition draft, Definition published, Instant createdAt) {

    record Definition(
            List<UUID> knowledgeBaseIds,
            String instructions,
            String refusal,
            String budgetSpent,
            String outage,
            String flood,
            String unreadable,
            long mergeWaitMillis,
            int messagesPerMinute,
            List<String> quickReplies) {

        static Definition of(BotDefinition definition) {
            return new Definition(
                    definition.knowledgeBases().stream()
                            .map(KnowledgeBaseId::value)
                            .toList(),
                    definition.instructions(),
                    definition.sentences().refusal(),
                    definition.sentences().budgetSpent(),
                    definition.sentences().outage(),
                    definition.sentences().flood(),
                    definition.sentences().unreadable(),
                    definition.mergeWait().toMillis(),
                    definition.messagesPerMinute(),
                    definition.quickReplies());
        }
    }

    static BotResponse of(Bot bot) {
        return new BotResponse(
                bot.id().value(),
                bot.name(),
                bot.version(),
                Definition.of(bot.draft()),
                Definition.of(bot.published()),
                bot.createdAt());
    }
}
