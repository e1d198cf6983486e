package io.switchboard.answering;

import io.switchboard.answering.Answer.Citation;
import io.switchboard.answering.AnswerModel.Completion;
import io.switchboard.answering.AnswerModel.Prompt;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Context;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.QuestionTerms;
import io.switchboard.retrieval.RetrievalService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets a model write the answer and believes it only as far as the passages go. */
@Component
class ModelAnswerer {

    private static final Logger log = LoggerFactory.getLogger(ModelAnswerer.class);

    /** Share of an uncited answer's words, weighted by rarity, that a passage must have to count as its source. */
    private static final double WORDS_OF_A_SOURCE = 0.6;

    /** Fewer words of meaning than this may be in a passage by chance. */
    private static final int WORDS_OF_A_STATEMENT = 4;

    /** A part that holds less than this share of what the best part holds was only beside it. */
    private static final double SHARE_OF_THE_BEST = 0.6;

    private final Optional<AnswerModel> model;
    private final RetrievalService retrieval;

    ModelAnswerer(Optional<AnswerModel> model, RetrievalService retrieval) {
        this.model = model;
        this.retrieval = retrieval;
    }

    /** What came of asking the model. */
    sealed interface Result {

        record Written(DraftAnswer answer) implements Result {}

        /** The model says that the passages do not answer. */
        record NotFound(Completion completion, String model) implements Result {}

        /** There is no model, or its text rests on nothing. */
        record Unusable() implements Result {}

        /** Nobody knows what the model would have said. */
        record Failed(AnswerModelException failure) implements Result {}
    }

    boolean available() {
        return model.isPresent();
    }

    /** @param watcher is shown the answer while it is being written; null if nobody watches */
    Result answer(TenantId tenant, Question question, List<Context> contexts, @Nullable Consumer<String> watcher) {
        List<Passage> passages = contexts.stream().map(Context::passage).toList();
        if (model.isEmpty()) {
            return new Result.Unusable();
        }
        AnswerModel writer = model.get();
        Completion completion;
        try {
            Prompt prompt = AnswerPrompt.of(question, passages);
            completion = watcher == null
                    ? writer.complete(tenant, prompt)
                    : writer.complete(tenant, prompt, CitedBeginning.of(question, passages, watcher));
        } catch (AnswerModelException e) {
            log.warn(
                    "Model {} failed for tenant {} ({}); quoting instead, if a passage says it plainly",
                    writer.name(),
                    tenant,
                    e.getMessage());
            return new Result.Failed(e);
        }
        if (completion.text().contains(AnswerPrompt.NOT_FOUND)) {
            return new Result.NotFound(completion, writer.name());
        }
        CitedText cited = CitedText.of(completion.text(), passages.size());
        String text = SourcedAddresses.of(question, passages).only(cited.text());
        List<Passage> sources = sources(tenant, cited, contexts);
        if (text.isBlank() || sources.isEmpty() || AnswerPrompt.isRepeatedIn(text)) {
            log.warn("Model {} wrote what no passage holds for tenant {}; quoting instead", writer.name(), tenant);
            return new Result.Unusable();
        }
        return new Result.Written(written(text, sources, completion, writer.name()));
    }

    private List<Passage> sources(TenantId tenant, CitedText cited, List<Context> contexts) {
        List<Passage> sources = new ArrayList<>();
        cited.numbers().forEach(number -> sources.addAll(parts(tenant, cited, contexts.get(number - 1))));
        if (!sources.isEmpty()) {
            return sources;
        }
        for (Context context : contexts) {
            Passage passage = context.passage();
            QuestionTerms words = retrieval.weigh(tenant, passage.language(), cited.text());
            if (words.terms().size() >= WORDS_OF_A_STATEMENT
                    && words.coverage(passage.textWithHeadings()) >= WORDS_OF_A_SOURCE) {
                sources.addAll(parts(tenant, cited, context));
            }
        }
        return sources;
    }

    /** Of passages that were joined, those that hold about as much of the answer as the one that holds most; else the best found. */
    private List<Passage> parts(TenantId tenant, CitedText cited, Context context) {
        if (context.parts().size() == 1) {
            return context.parts();
        }
        QuestionTerms words = retrieval.weigh(tenant, context.passage().language(), cited.text());
        double most = context.parts().stream()
                .mapToDouble(part -> words.coverage(part.text()))
                .max()
                .orElse(0);
        return context.parts().stream()
                .filter(part -> most > 0
                        ? words.coverage(part.text()) >= SHARE_OF_THE_BEST * most
                        : part.chunk().equals(context.passage().chunk()))
                .toList();
    }

    private static DraftAnswer written(String text, List<Passage> sources, Completion completion, String model) {
        List<Citation> citations = sources.stream()
                .map(passage ->
                        new Citation(passage.document(), passage.documentName(), passage.chunk(), passage.text()))
                .toList();
        return new DraftAnswer(
                text + "\n\n" + SourceLine.of(sources),
                citations,
                model,
                completion.input(),
                completion.output(),
                completion.estimated());
    }
}
