package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.Fusion.Ranked;
import io.switchboardtest.SwitchboardTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the vectors of the in-process model are worth in languages that it does not know, alone and beside English documents: nDCG@10 on
 * paragraphs and questions of XQuAD by the share of the vectors. Not part of the test run:
 * {@code ./mvnw -pl platform-core test -Dtest=LanguageWeightBench -Dxquad=directory}.
 */
@Tag("bench")
@SwitchboardTest
@Import(Library.class)
class LanguageWeightBench {

    private static final Logger log = LoggerFactory.getLogger(LanguageWeightBench.class);
    private static final double[] WEIGHTS = {0, 0.1, 0.2, 0.3, 0.4, 0.5};
    private static final int QUESTIONS = Integer.getInteger("xquad.questions", 240);

    private static final int VOTES = 5;

    private final JsonMapper json = new JsonMapper();
    private final Map<ChunkId, String> languageOf = new HashMap<>();
    private final Path directory = Path.of(System.getProperty("xquad", "xquad"));

    @Autowired
    ChunkIndex index;

    @Autowired
    Embedder embedder;

    @Autowired
    Lexicon lexicon;

    @Autowired
    TextAnalysis analysis;

    @Autowired
    Library library;

    private record Question(String text, ChunkId answeredBy) {}

    private record Collection(KnowledgeBaseId base, List<Question> questions) {}

    @Test
    void measures_the_share_of_vectors() throws IOException {
        TenantId mixed = library.tenant("unlimited");
        Map<String, Collection> inMixed = new HashMap<>();
        for (String language : List.of("en", "de", "es", "ar")) {
            TenantId alone = library.tenant("unlimited");
            report(alone, Set.of(language), language, read(alone, language));
            inMixed.put(language, read(mixed, language));
        }
        Set<KnowledgeBaseId> all = new java.util.HashSet<>();
        inMixed.values().forEach(each -> all.add(each.base()));
        for (String language : inMixed.keySet()) {
            report(
                    mixed,
                    inMixed.keySet(),
                    language,
                    new Collection(null, inMixed.get(language).questions()),
                    all);
        }
    }

    private void report(TenantId tenant, Set<String> languages, String language, Collection collection) {
        report(tenant, languages, language, collection, Set.of(collection.base()));
    }

    private void report(
            TenantId tenant,
            Set<String> languages,
            String language,
            Collection collection,
            Set<KnowledgeBaseId> bases) {
        double[] gain = new double[WEIGHTS.length];
        double byVote = 0;
        for (Question question : collection.questions()) {
            List<Hit> dense = index.dense(tenant, bases, embedder.embedQuery(question.text()), Candidates.COUNT);
            List<Hit> lexical = index.lexical(
                    tenant, bases, lexicon.terms(new TreeSet<>(languages), question.text()), Candidates.COUNT);
            for (int i = 0; i < WEIGHTS.length; i++) {
                List<ChunkId> ranked = Fusion.fuse(dense, lexical, WEIGHTS[i]).stream()
                        .map(Ranked::chunk)
                        .limit(10)
                        .toList();
                gain[i] += gain(ranked, question);
            }
            long understood = lexical.stream()
                    .limit(VOTES)
                    .filter(hit -> embedder.understands(languageOf.getOrDefault(hit.chunk(), "")))
                    .count();
            double weight = 2 * understood >= Math.min(VOTES, lexical.size()) ? 0.5 : 0.2;
            byVote += gain(
                    Fusion.fuse(dense, lexical, weight).stream()
                            .map(Ranked::chunk)
                            .limit(10)
                            .toList(),
                    question);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < WEIGHTS.length; i++) {
            line.append(String.format(
                    Locale.ROOT,
                    " %.1f: %.3f",
                    WEIGHTS[i],
                    gain[i] / collection.questions().size()));
        }
        line.append(String.format(
                Locale.ROOT,
                " by the languages of the best words: %.3f",
                byVote / collection.questions().size()));
        log.info(
                "XQUAD questions in {} among documents in {}: nDCG@10 by share of vectors{}",
                language,
                languages,
                line);
        assertThat(gain[0]).isPositive();
    }

    private static double gain(List<ChunkId> ranked, Question question) {
        int rank = ranked.indexOf(question.answeredBy());
        return rank < 0 ? 0 : Math.log(2) / Math.log(rank + 2.0);
    }

    private Collection read(TenantId tenant, String language) throws IOException {
        KnowledgeBaseId base = library.knowledgeBase(tenant, language);
        List<Question> questions = new ArrayList<>();
        List<IndexedChunk> chunks = new ArrayList<>();
        JsonNode articles = json.readTree(Files.readString(directory.resolve("xquad." + language + ".json")))
                .get("data");
        for (JsonNode article : articles) {
            for (JsonNode paragraph : article.get("paragraphs")) {
                String text = paragraph.get("context").asString();
                ChunkId id = ChunkId.next();
                languageOf.put(id, language);
                chunks.add(new IndexedChunk(
                        id,
                        base,
                        analysis.terms(language, text),
                        embedder.embedPassages(List.of(text)).getFirst()));
                if (questions.size() < QUESTIONS) {
                    questions.add(new Question(
                            paragraph.get("qas").get(0).get("question").asString(), id));
                }
            }
        }
        index.replace(tenant, DocumentId.next(), chunks);
        return new Collection(base, questions);
    }
}
