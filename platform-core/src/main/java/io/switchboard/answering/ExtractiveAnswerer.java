package io.switchboard.answering;

import io.switchboard.answering.Answer.Citation;
import io.switchboard.answering.PassageText.Unit;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.QuestionTerms;
import io.switchboard.retrieval.RecentVectors;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.TenantEmbedders;
import io.switchboard.retrieval.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Answers by quoting: the sentences, list items or table rows of the best passage that answer the question, and where they stand. */
@Component
class ExtractiveAnswerer {

    private static final int PASSAGES = 3;

    /** Pieces embedded for one answer; each costs some milliseconds. */
    private static final int PIECES = 40;

    /** What the rank of its passage adds to a piece's score. */
    private static final double WORTH_OF_RANK = 0.3;

    /** A word that only the heading has counts this much: it says what the piece is about. */
    private static final double WORTH_OF_HEADING = 0.5;

    private final RetrievalService retrieval;
    private final TenantEmbedders embedders;
    private final RecentVectors vectors;
    private final SimilarityScale scale;

    ExtractiveAnswerer(
            RetrievalService retrieval, TenantEmbedders embedders, RecentVectors vectors, SimilarityScale scale) {
        this.retrieval = retrieval;
        this.embedders = embedders;
        this.vectors = vectors;
        this.scale = scale;
    }

    /**
     * An answer in the words of a document.
     *
     * @param nearness of the nearest piece of all passages on the scale of similarity; 0 where vectors cannot be trusted
     */
    record Quote(DraftAnswer answer, double nearness) {}

    /** A passage, its pieces and how well each answers. */
    private record Scored(Passage passage, List<Unit> units, double[] scores, int best, double total) {}

    /** Empty if there are no passages. */
    Optional<Quote> answer(TenantId tenant, String question, List<Passage> passages) {
        List<Passage> candidates = passages.subList(0, Math.min(PASSAGES, passages.size()));
        List<List<Unit>> units = candidates.stream()
                .map(passage -> PassageText.split(passage.text(), Locale.forLanguageTag(passage.language())))
                .toList();
        List<double[]> nearness = nearness(tenant, question, candidates, units);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (!units.get(i).isEmpty()) {
                scored.add(score(tenant, question, candidates.get(i), units.get(i), nearness.get(i)));
            }
        }
        double nearest = nearness.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
        return scored.stream()
                .max(Comparator.comparingDouble(Scored::total))
                .map(best -> new Quote(quote(best), nearest));
    }

    private Scored score(TenantId tenant, String question, Passage passage, List<Unit> units, double[] nearness) {
        QuestionTerms terms = retrieval.weigh(tenant, passage.language(), question);
        Set<String> inHeadings = terms.in(String.join("\n", passage.headingPath()));
        double[] scores = new double[units.size()];
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            Set<String> own = terms.in(units.get(i).text());
            Set<String> headingOnly = new HashSet<>(inHeadings);
            headingOnly.addAll(terms.in(PassageText.tableHead(units, i)));
            headingOnly.removeAll(own);
            double words = terms.isEmpty() ? 0 : terms.share(own) + WORTH_OF_HEADING * terms.share(headingOnly);
            scores[i] = words + nearness[i];
            best = scores[i] > scores[best] ? i : best;
        }
        double total = scores[best] + WORTH_OF_RANK * passage.scores().fused();
        return new Scored(passage, units, scores, best, total);
    }

    /** How near each piece is to the question on the scale of similarity, 0 to 1.5; 0 for all where vectors cannot be trusted. */
    private List<double[]> nearness(TenantId tenant, String question, List<Passage> passages, List<List<Unit>> units) {
        List<double[]> nearness = new ArrayList<>();
        units.forEach(pieces -> nearness.add(new double[pieces.size()]));
        Embedder embedder = embedders.of(tenant);
        List<String> texts = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            for (Unit unit : units.get(i)) {
                if (texts.size() < PIECES
                        && embedder.understands(passages.get(i).language())) {
                    texts.add(inContext(passages.get(i), unit));
                    owners.add(i);
                }
            }
        }
        try {
            float[] asked = texts.isEmpty() ? new float[0] : vectors.ofQuestion(tenant, question);
            List<float[]> embedded = vectors.ofPassages(tenant, texts);
            int[] next = new int[passages.size()];
            for (int i = 0; i < texts.size(); i++) {
                int owner = owners.get(i);
                double place = scale.place(tenant, Vectors.dot(asked, embedded.get(i)));
                nearness.get(owner)[next[owner]++] = Math.clamp(place, 0, 1.5);
            }
        } catch (EmbedderException _) {
            // The search has said so in the log; words decide alone.
            return nearness;
        }
        return nearness;
    }

    private static String inContext(Passage passage, Unit unit) {
        return passage.headingPath().isEmpty()
                ? unit.text()
                : passage.headingPath().getLast() + "\n" + unit.text();
    }

    private static DraftAnswer quote(Scored chosen) {
        Passage passage = chosen.passage();
        String quoted = passage.documentKind() == DocumentKind.FAQ
                ? passage.text()
                : new Excerpt(chosen.units(), chosen.scores()).around(chosen.best());
        Citation citation = new Citation(passage.document(), passage.documentName(), passage.chunk(), quoted);
        return DraftAnswer.quoted(quoted + "\n\n" + SourceLine.of(List.of(passage)), citation);
    }
}
