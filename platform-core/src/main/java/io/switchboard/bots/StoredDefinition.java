package io.switchboard.bots;

import io.switchboard.kernel.KnowledgeBaseId;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A {@link BotDefinition} as columns, the same on the draft and on a version. */
@Embeddable
class StoredDefinition {

    private String instructions = "";
    private String refusal = "";
    private String budgetSpent = "";
    private String outage = "";
    private String flood = "";
    private String unreadable = "";

    @JdbcTypeCode(SqlTypes.ARRAY)
    private UUID[] knowledgeBases = {};

    private int mergeWaitMillis;
    private int messagesPerMinute = BotDefinition.DEFAULT_MESSAGES_PER_MINUTE;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] quickReplies = {};

    /** For JPA. */
    StoredDefinition() {}

    StoredDefinition(BotDefinition definition) {
        this.instructions = definition.instructions();
        this.refusal = definition.sentences().refusal();
        this.budgetSpent = definition.sentences().budgetSpent();
        this.outage = definition.sentences().outage();
        this.flood = definition.sentences().flood();
        this.unreadable = definition.sentences().unreadable();
        this.knowledgeBases =
                definition.knowledgeBases().stream().map(KnowledgeBaseId::value).toArray(UUID[]::new);
        this.mergeWaitMillis = Math.toIntExact(definition.mergeWait().toMillis());
        this.messagesPerMinute = definition.messagesPerMinute();
        this.quickReplies = definition.quickReplies().toArray(String[]::new);
    }

    BotDefinition toDefinition() {
        return new BotDefinition(
                instructions,
                new BotSentences(refusal, budgetSpent, outage, flood, unreadable),
                Arrays.stream(knowledgeBases).map(KnowledgeBaseId::new).toList(),
                Duration.ofMillis(mergeWaitMillis),
                messagesPerMinute,
                List.of(quickReplies));
    }
}
