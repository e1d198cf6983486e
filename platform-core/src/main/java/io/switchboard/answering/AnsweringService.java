package io.switchboard.answering;

import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The answer chain. One path serves WhatsApp, the playground and the API. */
@Service
public class AnsweringService {

    /**
     * Reserves, retrieves and answers; holds no transaction while a model runs. A metered answer leaves its reservation open: the caller
     * settles it with {@link #settle} in the transaction that makes the answer visible.
     */
    public Answer answer(TenantId tenant, Question question) {
        throw new UnsupportedOperationException();
    }

    /** Books a metered answer; joins the caller's transaction. Does nothing for an answer that is not metered. */
    public void settle(TenantId tenant, Question question, Answer answer) {
        throw new UnsupportedOperationException();
    }

    /**
     * Answers a question from outside a channel (API, playground) and books it. Questions with the same session see the ones before.
     *
     * @param session chosen by the caller, 100 characters at most; null for a question on its own
     */
    public Answer ask(TenantId tenant, PublishedBot bot, String question, @Nullable String session) {
        throw new UnsupportedOperationException();
    }
}
