package io.switchboard.api;

import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.KnowledgeBaseId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot as clients write it; what is absent keeps its value, or has the default in a new bot.
 *
 * @param mergeWaitMillis how long to wait for more of the same burst; 0 answers every message on its own
 * @param messagesPerMinute what one customer may ask before the bot only listens
 */
record BotRequest(
        @Nullable @Size(max = BotService.MAX_NAME_LENGTH) String name,
        @Nullable @Size(max = 50) List<@NotNull UUID> knowledgeBaseIds,
        @Nullable @Size(max = 20_000) String instructions,

        @Nullable @Size(max = 2000) @Pattern(regexp = NOT_BLANK, message = BLANK)
        String refusal,

        @Nullable @Size(max = 2000) @Pattern(regexp = NOT_BLANK, message = BLANK)
        String budgetSpent,

        @Nullable @Min(0) @Max(30_000) Integer mergeWaitMillis,

        @Nullable @Min(1) @Max(BotDefinition.MAX_MESSAGES_PER_MINUTE)
        Integer messagesPerMinute) {

    static final BotDefinition DEFAULTS = new BotDefinition(
            "",
            BotDefinition.DEFAULT_REFUSAL,
            BotDefinition.DEFAULT_BUDGET_SPENT,
            List.of(),
            BotDefinition.DEFAULT_MERGE_WAIT);

    private static final String NOT_BLANK = "(?s).*\\S.*";
    private static final String BLANK = "must not be blank";

    String requireName() {
        if (name == null || name.isBlank()) {
            throw ApiProblem.invalid("name", BLANK);
        }
        return name;
    }

    BotDefinition applyTo(BotDefinition before) {
        return new BotDefinition(
                instructions == null ? before.instructions() : instructions,
                refusal == null ? before.refusal() : refusal,
                budgetSpent == null ? before.budgetSpent() : budgetSpent,
                knowledgeBaseIds == null
                        ? before.knowledgeBases()
                        : knowledgeBaseIds.stream()
                                .distinct()
                                .map(KnowledgeBaseId::new)
                                .toList(),
                mergeWaitMillis == null ? before.mergeWait() : Duration.ofMillis(mergeWaitMillis),
                messagesPerMinute == null ? before.messagesPerMinute() : messagesPerMinute);
    }
}
