package io.switchboard.answering;

import io.switchboard.answering.Answer.Outcome;
import io.switchboard.answering.Answer.Timings;
import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.kernel.TokenCount;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.usage.Consumption;
import io.switchboard.usage.Reservation;
import io.switchboard.usage.ReservationKey;
import io.switchboard.usage.UsageService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The answer chain. One path serves WhatsApp, the playground and the API. */
@Service
public class AnsweringService {

    private static final int LONGEST_SESSION_NAME = 100;
    private static final Timings NO_TIME = new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final AnswerChain chain;
    private final UsageService usage;
    private final AskedQuestions asked;
    private final TenantTransactions transactions;

    AnsweringService(AnswerChain chain, UsageService usage, AskedQuestions asked, TenantTransactions transactions) {
        this.chain = chain;
        this.usage = usage;
        this.asked = asked;
        this.transactions = transactions;
    }

    /**
     * Reserves, retrieves and answers; holds no transaction while a model runs. A metered answer leaves its reservation open: the caller
     * settles it with {@link #settle} in the transaction that makes the answer visible.
     *
     * @throws AnswerModelException if the model failed and the documents cannot be quoted in its place; nothing stays reserved
     */
    @Internal
    public Answer answer(TenantId tenant, Question question) {
        return answer(tenant, question, null);
    }

    /**
     * As the other, watched.
     *
     * @param watcher is shown the beginning of the answer each time that a model has written more of it, without its sources, from any
     *     thread; it must not fail or wait. What it was shown is not the answer: that is what returns, and may be another one. Null if nobody
     *     watches.
     */
    @Internal
    public Answer answer(TenantId tenant, Question question, @Nullable Consumer<String> watcher) {
        return switch (usage.reserve(tenant, question.key())) {
            case Reservation.Granted _ -> answerReserved(tenant, question, watcher);
            case Reservation.Exhausted _ -> budgetSpent(question.bot());
        };
    }

    /**
     * Reserves an answer ahead of {@link #answer}, for what is done before the question is known. Whoever reserves settles or releases.
     *
     * @return what the bot says if the plan is spent; empty if the answer is reserved
     */
    @Internal
    public Optional<Answer> reserve(TenantId tenant, PublishedBot bot, ReservationKey key) {
        return switch (usage.reserve(tenant, key)) {
            case Reservation.Granted _ -> Optional.empty();
            case Reservation.Exhausted _ -> Optional.of(budgetSpent(bot));
        };
    }

    private Answer answerReserved(TenantId tenant, Question question, @Nullable Consumer<String> watcher) {
        boolean answered = false;
        try {
            Answer answer = chain.answer(tenant, question, watcher);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                usage.release(tenant, question.key());
            }
        }
    }

    private static Answer budgetSpent(PublishedBot bot) {
        return new Answer(
                Outcome.BUDGET_SPENT,
                bot.definition().sentences().budgetSpent(),
                List.of(),
                DraftAnswer.EXTRACTIVE,
                TokenCount.ZERO,
                TokenCount.ZERO,
                false,
                NO_TIME);
    }

    /**
     * Books a metered answer, and keeps a question that the documents did not answer; joins the caller's transaction. Does nothing for an
     * answer that is not metered.
     */
    @Internal
    public void settle(TenantId tenant, Question question, Answer answer) {
        if (!answer.metered()) {
            return;
        }
        transactions.run(tenant, () -> {
            book(tenant, question, answer);
            if (answer.outcome() == Outcome.NO_ANSWER) {
                asked.keep(tenant, question, null, answer);
            }
        });
    }

    /**
     * Answers a question from outside a channel (API, playground) and books it. Questions with the same session see the ones before.
     *
     * @param session chosen by the caller, 100 characters at most; null for a question on its own
     * @throws AnswerModelException as {@link #answer}
     */
    @Requires(Permission.ASK_BOTS)
    public Answer ask(TenantId tenant, PublishedBot bot, String question, @Nullable String session) {
        if (session != null && session.length() > LONGEST_SESSION_NAME) {
            throw new IllegalArgumentException("session longer than " + LONGEST_SESSION_NAME + " characters");
        }
        Question asking = new Question(
                bot,
                question.replace("\0", ""),
                session == null ? List.of() : asked.history(tenant, bot.id(), session),
                null,
                new ReservationKey("ask/" + TimeOrderedUuid.next()));
        Answer answer = answer(tenant, asking);
        if (answer.metered()) {
            transactions.run(tenant, () -> {
                book(tenant, asking, answer);
                asked.keep(tenant, asking, session, answer);
            });
        }
        return answer;
    }

    private void book(TenantId tenant, Question question, Answer answer) {
        usage.settle(
                tenant,
                question.key(),
                new Consumption(
                        question.bot().id(),
                        question.channel(),
                        answer.outcome().name(),
                        answer.model(),
                        answer.inputTokens(),
                        answer.outputTokens(),
                        answer.tokensEstimated()));
    }
}
