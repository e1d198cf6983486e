package io.switchboard.bots;

import io.switchboard.kernel.KnowledgeBaseId;
import java.time.Duration;
import java.util.List;

/**
 * What a bot knows and how it speaks; immutable once published.
 *
 * @param instructions how the model should behave, in the tenant's words; may be empty
 * @param refusal sent when the knowledge bases do not answer the question
 * @param budgetSpent sent when the tenant's plan is spent
 * @param mergeWait how long to wait after a message for more of the same burst; zero answers every message on its own
 */
public record BotDefinition(
        String instructions,
        String refusal,
        String budgetSpent,
        List<KnowledgeBaseId> knowledgeBases,
        Duration mergeWait) {

    public static final String DEFAULT_REFUSAL =
            "I could not find that in my documents. A colleague will be glad to help you.";
    public static final String DEFAULT_BUDGET_SPENT =
            "I cannot answer more questions at the moment. Please try again later.";
    public static final Duration DEFAULT_MERGE_WAIT = Duration.ofMillis(1500);
    public static final Duration MAX_MERGE_WAIT = Duration.ofSeconds(30);

    public BotDefinition {
        knowledgeBases = List.copyOf(knowledgeBases);
        if (refusal.isBlank()) {
            throw new IllegalArgumentException("refusal is blank");
        }
        if (budgetSpent.isBlank()) {
            throw new IllegalArgumentException("budgetSpent is blank");
        }
        if (mergeWait.isNegative() || mergeWait.compareTo(MAX_MERGE_WAIT) > 0) {
            throw new IllegalArgumentException("mergeWait outside 0 to " + MAX_MERGE_WAIT + ": " + mergeWait);
        }
    }
}
