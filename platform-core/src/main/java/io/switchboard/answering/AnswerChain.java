package io.switchboard.answering;

import io.switchboard.answering.Answer.Outcome;
import io.switchboard.answering.Answer.Timings;
import io.switchboard.answering.Evidence.Strength;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.retrieval.SearchResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From the question to the answer: retrieve, look for the same question among the FAQs, weigh the evidence, write or quote. */
@Component
class AnswerChain {

    private static final int PASSAGES = 8;

    private final RetrievalService retrieval;
    private final Evidence evidence;
    private final FrequentQuestions frequentQuestions;
    private final ModelAnswerer writer;
    private final ExtractiveAnswerer quoter;

    AnswerChain(
            RetrievalService retrieval,
            Evidence evidence,
            FrequentQuestions frequentQuestions,
            ModelAnswerer writer,
            ExtractiveAnswerer quoter) {
        this.retrieval = retrieval;
        this.evidence = evidence;
        this.frequentQuestions = frequentQuestions;
        this.writer = writer;
        this.quoter = quoter;
    }

    /**
     * Answers.
     *
     * @param watcher is shown the answer while a model writes it; null if nobody watches
     * @throws AnswerModelException if the model failed and no passage answers plainly enough to be quoted: saying so would be a guess
     */
    Answer answer(TenantId tenant, Question question, @Nullable Consumer<String> watcher) {
        Optional<String> politeness = SmallTalk.reply(question.text());
        if (politeness.isPresent()) {
            return polite(politeness.get());
        }
        long started = System.nanoTime();
        SearchResult found = retrieval.search(tenant, request(question));
        long retrieved = System.nanoTime();
        Written written = write(tenant, question, found, watcher);
        long now = System.nanoTime();
        Timings timings = new Timings(
                Duration.ofNanos(retrieved - started),
                Duration.ofNanos(now - retrieved),
                Duration.ofNanos(now - started));
        return written.answer(question, timings);
    }

    private static Answer polite(String text) {
        return new Answer(
                Outcome.ANSWERED,
                text,
                List.of(),
                DraftAnswer.EXTRACTIVE,
                TokenCount.ZERO,
                TokenCount.ZERO,
                false,
                new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    private static SearchRequest request(Question question) {
        List<String> before = question.history().stream()
                .filter(said -> said.speaker() == Speaker.CUSTOMER)
                .map(Utterance::text)
                .toList();
        return new SearchRequest(
                Set.copyOf(question.bot().definition().knowledgeBases()), question.text(), before, PASSAGES);
    }

    private Written write(TenantId tenant, Question question, SearchResult found, @Nullable Consumer<String> watcher) {
        Optional<DraftAnswer> known = frequentQuestions.answer(tenant, question.text(), found.passages());
        if (known.isPresent()) {
            return Written.of(known.get());
        }
        Strength strength = evidence.weigh(tenant, question.text(), found);
        List<Passage> passages = found.passages();
        Optional<AnswerModelException> failure = Optional.empty();
        if (strength.enoughToRead() && writer.available()) {
            switch (writer.answer(tenant, question, found.contexts(), watcher)) {
                case ModelAnswerer.Result.Written(DraftAnswer answer) -> {
                    return Written.of(answer);
                }
                case ModelAnswerer.Result.NotFound(AnswerModel.Completion completion, String model) -> {
                    return Written.nothing(model, completion);
                }
                case ModelAnswerer.Result.Failed(AnswerModelException e) -> failure = Optional.of(e);
                case ModelAnswerer.Result.Unusable() -> {}
            }
        }
        if (!strength.enoughToRead()) {
            return Written.nothing();
        }
        Optional<Written> quoted = quoter.answer(tenant, question.text(), passages)
                .filter(quote -> strength.withSentence(quote.nearness()).enoughToQuote())
                .map(quote -> Written.of(quote.answer()));
        if (quoted.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return quoted.orElseGet(Written::nothing);
    }

    /**
     * What was written, and by whom.
     *
     * @param answer null if the documents do not say
     */
    private record Written(
            @Nullable DraftAnswer answer, String model, TokenCount input, TokenCount output, boolean estimated) {

        static Written of(DraftAnswer answer) {
            return new Written(
                    answer, answer.model(), answer.inputTokens(), answer.outputTokens(), answer.tokensEstimated());
        }

        static Written nothing() {
            return new Written(null, DraftAnswer.EXTRACTIVE, TokenCount.ZERO, TokenCount.ZERO, false);
        }

        static Written nothing(String model, AnswerModel.Completion completion) {
            return new Written(null, model, completion.input(), completion.output(), completion.estimated());
        }

        Answer answer(Question question, Timings timings) {
            return new Answer(
                    answer == null ? Outcome.NO_ANSWER : Outcome.ANSWERED,
                    answer == null ? question.bot().definition().sentences().refusal() : answer.text(),
                    answer == null ? List.of() : answer.citations(),
                    model,
                    input,
                    output,
                    estimated,
                    timings);
        }
    }
}
