package io.switchboard.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Orders passages as the reranker has them, if there is one and it answers in time; else leaves them as they are. */
@Component
class Reranking {

    private static final Logger log = LoggerFactory.getLogger(Reranking.class);

    private final Optional<Reranker> reranker;

    Reranking(Optional<Reranker> reranker) {
        this.reranker = reranker;
    }

    List<Passage> order(String question, List<Passage> passages) {
        if (reranker.isEmpty() || passages.size() < 2) {
            return passages;
        }
        List<Double> scores;
        try {
            scores = reranker.get()
                    .score(
                            question,
                            passages.stream().map(Passage::textWithHeadings).toList());
        } catch (RerankerException e) {
            log.warn("Passages not reranked ({}); they stay in the order of the search", e.getMessage());
            return passages;
        }
        List<Passage> ordered = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            ordered.add(passages.get(i).reranked(scores.get(i)));
        }
        ordered.sort(Comparator.comparingDouble((Passage passage) ->
                -Objects.requireNonNullElse(passage.scores().rerank(), 0.0)));
        return ordered;
    }
}
