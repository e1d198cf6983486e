package io.switchboard.answering;

import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import java.util.List;

/** Makes a tenant's bot. */
final class Bots {

    static final String INSTRUCTIONS = "Speak like a harbour master.";
    static final String REFUSAL = "That is not in my books.";
    static final String BUDGET_SPENT = "No more answers this month.";

    private Bots() {}

    static PublishedBot create(BotService bots, TenantId tenant, KnowledgeBaseId... knowledgeBases) {
        BotDefinition definition = new BotDefinition(
                INSTRUCTIONS, REFUSAL, BUDGET_SPENT, List.of(knowledgeBases), BotDefinition.DEFAULT_MERGE_WAIT);
        return ((BotCreation.Saved) bots.create(tenant, "Front desk", definition))
                .bot()
                .live();
    }
}
