package io.switchboard.answering;

import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import java.util.List;
import java.util.function.Consumer;

/** A model that writes an answer from passages. Calls block; the caller holds no transaction. */
public interface AnswerModel {

    /** Name for people and the ledger, for example {@code gpt-5-mini}. */
    String name();

    /**
     * Writes an answer, or says that the passages do not hold one. Repeats what may pass, within its deadline.
     *
     * @param tenant whose share of the calls is used
     * @throws AnswerModelException if the provider failed or took too long
     */
    Completion complete(TenantId tenant, Prompt prompt);

    /**
     * As the other, and tells what is written while it is being written.
     *
     * @param written takes all that the model has said so far, from whatever thread; it begins anew when a call is repeated, and must not
     *     fail or wait
     */
    default Completion complete(TenantId tenant, Prompt prompt, Consumer<String> written) {
        return complete(tenant, prompt);
    }

    /** @param messages oldest first; the last one is the customer's question with its passages */
    record Prompt(String system, List<Message> messages, int maxOutputTokens) {

        public Prompt {
            messages = List.copyOf(messages);
        }
    }

    record Message(Question.Speaker speaker, String text) {}

    /** @param estimated true if the provider reported no token counts */
    record Completion(String text, TokenCount input, TokenCount output, boolean estimated) {}
}
