package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.NewChunk;
import io.switchboardtest.SwitchboardTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Quality of the whole search on SciFact (5,183 abstracts, 300 claims; BEIR's layout). Takes minutes, so it is not part of the test run:
 * {@code ./mvnw -pl platform-core test -Dtest=SciFactBench -Dscifact=directory}.
 */
@Tag("bench")
@SwitchboardTest
@Import(Library.class)
class SciFactBench {

    private static final Logger log = LoggerFactory.getLogger(SciFactBench.class);
    private static final int DEPTH = 10;

    private final JsonMapper json = new JsonMapper();
    private final Path directory = Path.of(System.getProperty("scifact", "scifact"));

    @Autowired
    RetrievalService retrieval;

    @Autowired
    Library library;

    @Test
    void finds_the_right_abstracts() throws IOException {
        TenantId tenant = library.tenant("unlimited");
        KnowledgeBaseId base = library.knowledgeBase(tenant, "en");
        List<NewChunk> chunks = new ArrayList<>();
        Map<String, String> idByText = new HashMap<>();
        for (JsonNode row : rows("corpus.jsonl")) {
            NewChunk chunk = library.chunk(
                    row.get("title").asString() + "\n" + row.get("text").asString());
            chunks.add(chunk);
            idByText.put(chunk.text(), row.get("_id").asString());
        }
        library.document(tenant, base, "scifact", chunks);
        Map<String, Set<String>> relevant = relevant();

        double gain = 0;
        int questions = 0;
        for (JsonNode row : rows("queries.jsonl")) {
            Set<String> wanted = relevant.get(row.get("_id").asString());
            if (wanted != null) {
                SearchResult result = retrieval.search(
                        tenant, new SearchRequest(Set.of(base), row.get("text").asString(), List.of(), DEPTH));
                gain += normalizedGain(
                        result.passages().stream()
                                .map(passage -> idByText.get(passage.text()))
                                .toList(),
                        wanted);
                questions++;
            }
        }

        log.info("SciFact nDCG@10 {} over {} questions", gain / questions, questions);
        assertThat(questions).isEqualTo(300);
        assertThat(gain / questions).isGreaterThanOrEqualTo(0.735);
    }

    /** Every relevant abstract counts the same in SciFact. */
    private static double normalizedGain(List<String> found, Set<String> wanted) {
        double gain = 0;
        double best = 0;
        for (int rank = 0; rank < DEPTH; rank++) {
            double discount = 1 / (Math.log(rank + 2) / Math.log(2));
            gain += rank < found.size() && wanted.contains(found.get(rank)) ? discount : 0;
            best += rank < wanted.size() ? discount : 0;
        }
        return gain / best;
    }

    private Map<String, Set<String>> relevant() throws IOException {
        return Files.readAllLines(directory.resolve("qrels/test.tsv")).stream()
                .skip(1)
                .map(line -> Arrays.asList(line.split("\t", -1)))
                .filter(judgement -> !judgement.get(2).equals("0"))
                .collect(Collectors.groupingBy(
                        judgement -> judgement.get(0),
                        Collectors.mapping(judgement -> judgement.get(1), Collectors.toCollection(HashSet::new))));
    }

    private List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file)).stream()
                .map(json::readTree)
                .toList();
    }
}
