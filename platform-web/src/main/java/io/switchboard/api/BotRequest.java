package io.switchboard.api;

import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.KnowledgeBaseId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot as clients write it; what is absent keeps its value, or has the default in a new bot.
 *
 * @param refusal said when the knowledge bases do not answer
 * @param budgetSpent said when the plan's answers are used up
 * @param outage said when every attempt at an answer failed
 * @param flood said once to a customer who writes too much
 * @param unreadable said to pictures, files, places and whatever else came without words
 * @param mergeWaitMillis how long to wait for more of the same burst; 0 answers every message on its own
 * @param quickReplies what the bot offers to ask where it found nothing and under a greeting
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

        @Nullable @Size(max = 2000) @Pattern(regexp = NOT_BLANK, message = BLANK)
        String outage,

        @Nullable @Size(max = 2000) @Pattern(regexp = NOT_BLANK, message = BLANK)
        String flood,

        @Nullable @Size(max = 2000) @Pattern(regexp = NOT_BLANK, message = BLANK)
        String unreadable,

        @Nullable @Min(0) @Max(30_000) Integer mergeWaitMillis,

        @Nullable @Min(1) @Max(BotDefinition.MAX_MESSAGES_PER_MINUTE)
        Integer messagesPerMinute,

        @Nullable @Size(max = BotDefinition.MAX_QUICK_REPLIES)
        List<@NotNull @NotBlank @Size(max = BotDefinition.MAX_QUICK_REPLY_LENGTH) @Pattern(regexp = ONE_LINE) String>
                quickReplies) {

    private static final String NOT_BLANK = "(?s).*\\S.*";
    private static final String ONE_LINE = "\\P{Cc}*";
    private static final String BLANK = "must not be blank";

    String requireName() {
        if (name == null || name.isBlank()) {
            throw ApiProblem.invalid("name", BLANK);
        }
        return name;
    }

    private BotSentences sentences(BotSentences before) {
        return new BotSentences(
                Objects.requireNonNullElse(refusal, before.refusal()),
                Objects.requireNonNullElse(budgetSpent, before.budgetSpent()),
                Objects.requireNonNullElse(outage, before.outage()),
                Objects.requireNonNullElse(flood, before.flood()),
                Objects.requireNonNullElse(unreadable, before.unreadable()));
    }

    BotDefinition applyTo(BotDefinition before) {
        return new BotDefinition(
                instructions == null ? before.instructions() : instructions,
                sentences(before.sentences()),
                knowledgeBaseIds == null
                        ? before.knowledgeBases()
                        : knowledgeBaseIds.stream()
                                .distinct()
                                .map(KnowledgeBaseId::new)
                                .toList(),
                mergeWaitMillis == null ? before.mergeWait() : Duration.ofMillis(mergeWaitMillis),
                messagesPerMinute == null ? before.messagesPerMinute() : messagesPerMinute,
                quickReplies == null
                        ? before.quickReplies()
                        : quickReplies.stream()
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .toList());
    }
}
