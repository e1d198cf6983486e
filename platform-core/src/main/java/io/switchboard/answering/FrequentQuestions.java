package io.switchboard.answering;

import io.switchboard.answering.Answer.Citation;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RecentVectors;
import io.switchboard.retrieval.TenantEmbedders;
import io.switchboard.retrieval.Vectors;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Gives the answer that people wrote for a question, word for word, when a customer asks the same. */
@Component
class FrequentQuestions {

    /** Two wordings of one question are nearer to each other than a question to its answer. */
    private static final double SAME_QUESTION = 1.25;

    private final TenantEmbedders embedders;
    private final RecentVectors vectors;
    private final SimilarityScale scale;

    FrequentQuestions(TenantEmbedders embedders, RecentVectors vectors, SimilarityScale scale) {
        this.embedders = embedders;
        this.vectors = vectors;
        this.scale = scale;
    }

    private record Match(Passage passage, double place) {}

    /** Empty if none of the passages is the answer to this very question. */
    Optional<DraftAnswer> answer(TenantId tenant, String question, List<Passage> passages) {
        List<Passage> pairs = passages.stream()
                .filter(passage -> passage.documentKind() == DocumentKind.FAQ)
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        Optional<Passage> literal = pairs.stream()
                .filter(pair -> plain(pair.documentName()).equals(plain(question)))
                .findFirst();
        return literal.or(() -> nearest(tenant, question, pairs)).map(FrequentQuestions::quote);
    }

    private Optional<Passage> nearest(TenantId tenant, String question, List<Passage> pairs) {
        Embedder embedder = embedders.of(tenant);
        List<Passage> understood = pairs.stream()
                .filter(pair -> embedder.understands(pair.language()))
                .toList();
        if (understood.isEmpty()) {
            return Optional.empty();
        }
        try {
            float[] asked = vectors.ofPassages(tenant, List.of(question)).getFirst();
            List<float[]> known = vectors.ofPassages(
                    tenant, understood.stream().map(Passage::documentName).toList());
            return IntStream.range(0, understood.size())
                    .mapToObj(i -> new Match(understood.get(i), scale.place(tenant, Vectors.dot(asked, known.get(i)))))
                    .filter(match -> match.place() >= SAME_QUESTION)
                    .max(Comparator.comparingDouble(Match::place))
                    .map(Match::passage);
        } catch (EmbedderException _) {
            return Optional.empty();
        }
    }

    private static String plain(String question) {
        return question.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    private static DraftAnswer quote(Passage pair) {
        Citation citation = new Citation(pair.document(), pair.documentName(), pair.chunk(), pair.text());
        return DraftAnswer.quoted(pair.text() + "\n\n" + SourceLine.of(List.of(pair)), citation);
    }
}
