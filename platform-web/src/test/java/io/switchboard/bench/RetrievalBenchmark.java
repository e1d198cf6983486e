package io.switchboard.bench;

import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.Installation;
import io.switchboard.world.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How well the right text is found, with the default settings and by the same path as answers: documents are uploaded, read, split and
 * embedded by the packaged program, and questions go through its search. A text counts as found at the place of its first passage.
 * nDCG@10 as in BEIR: gains are 0 or 1, the discount is the logarithm of the place.
 */
final class RetrievalBenchmark {

    private static final int TEXTS_PER_DOCUMENT = 130;
    private static final int PASSAGES = 50;
    private static final int PLACES = 10;
    private static final Duration READING_LIMIT = Duration.ofMinutes(20);

    private final Installation.Tenant tenant;

    private RetrievalBenchmark(Installation.Tenant tenant) {
        this.tenant = tenant;
    }

    /** @param args the jar, and a directory with {@code scifact} in BEIR's layout and {@code xquad} in SQuAD's */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.out.println(
                    "Name a directory with scifact (BEIR's layout) and xquad: ./platform bench retrieval DIR");
            return;
        }
        Path data = Path.of(args[1]);
        Path directory = Files.createTempDirectory("switchboard-bench");
        try (FakeMeta meta = FakeMeta.start();
                Program program = Program.Launch.of(Program.Code.jar(Path.of(args[0])), directory.resolve("data"))
                        .with(Installation.settings(meta))
                        .start()) {
            program.millisToHealthy();
            RetrievalBenchmark benchmark =
                    new RetrievalBenchmark(Installation.of(program).newTenant("library"));
            System.out.printf(
                    "%-12s %8s %8s %9s %11s %11s %11s %11s%n",
                    "collection", "texts", "chunks", "chunks/s", "nDCG@10", "recall@10", "search p50", "p95");
            benchmark.measure(TestCollection.scifact(data.resolve("scifact")));
            for (String language : List.of("en", "es", "de", "ar")) {
                benchmark.measure(
                        TestCollection.xquad(data.resolve("xquad").resolve("xquad." + language + ".json"), language));
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private void measure(TestCollection collection) {
        ApiClient api = tenant.api();
        String base = api.post(
                        "/api/v1/knowledge-bases", Map.of("name", collection.name(), "language", collection.language()))
                .text("id");
        long began = System.nanoTime();
        List<String> documents = upload(base, collection.texts());
        await().pollInterval(Duration.ofMillis(500))
                .atMost(READING_LIMIT)
                .until(() -> documents.stream().allMatch(this::isReady));
        double seconds = (System.nanoTime() - began) / 1e9;
        long chunks = documents.stream().mapToLong(this::chunks).sum();
        List<Double> gains = new ArrayList<>();
        List<Double> recalls = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        collection.relevant().forEach((question, relevant) -> {
            long asked = System.nanoTime();
            ApiClient.Reply reply = api.post(
                    "/api/v1/knowledge-bases/" + base + "/search", Map.of("query", question, "limit", PASSAGES));
            millis.add((System.nanoTime() - asked) / 1e6);
            List<String> found = titles(reply);
            gains.add(ndcg(found, relevant));
            recalls.add((double) found.stream().filter(relevant::contains).count() / relevant.size());
        });
        Percentiles times = Percentiles.of(millis);
        System.out.printf(
                "%-12s %8d %8d %9.1f %11.4f %11.4f %8.1f ms %8.1f ms%n",
                collection.name(),
                collection.texts().size(),
                chunks,
                chunks / seconds,
                mean(gains),
                mean(recalls),
                times.at(0.5),
                times.at(0.95));
    }

    /** Many texts in one document, each under a heading of its own: so they are chunks of their own, read by few parsers. */
    private List<String> upload(String base, List<TestCollection.Text> texts) {
        List<String> documents = new ArrayList<>();
        for (int first = 0; first < texts.size(); first += TEXTS_PER_DOCUMENT) {
            StringBuilder markdown = new StringBuilder("# Library\n\n");
            for (TestCollection.Text text : texts.subList(first, Math.min(texts.size(), first + TEXTS_PER_DOCUMENT))) {
                markdown.append("## ")
                        .append(text.title())
                        .append("\n\n")
                        .append(text.words())
                        .append("\n\n");
            }
            ApiClient.Reply reply = tenant.api()
                    .upload(
                            "/api/v1/knowledge-bases/" + base + "/documents",
                            "library-" + first + ".md",
                            "text/markdown",
                            markdown.toString().getBytes(StandardCharsets.UTF_8));
            if (reply.status() >= 300) {
                throw new IllegalStateException("upload answered " + reply);
            }
            documents.add(reply.text("id"));
        }
        return documents;
    }

    private boolean isReady(String document) {
        ApiClient.Reply reply = tenant.api().get("/api/v1/documents/" + document);
        if (reply.text("status").equals("FAILED")) {
            throw new IllegalStateException("could not be read: " + reply);
        }
        return reply.text("status").equals("READY");
    }

    private long chunks(String document) {
        return tenant.api()
                .get("/api/v1/documents/" + document)
                .json()
                .path("chunks")
                .asLong();
    }

    /** Of the first {@value #PLACES} texts, each at the place of its first passage. */
    private static List<String> titles(ApiClient.Reply reply) {
        Set<String> titles = new LinkedHashSet<>();
        for (JsonNode passage : reply.json().path("passages")) {
            JsonNode path = passage.path("headingPath");
            titles.add(TestCollection.key(path.path(path.size() - 1).asString()));
        }
        return titles.stream().limit(PLACES).toList();
    }

    private static double ndcg(List<String> found, Set<String> relevant) {
        double gain = 0;
        for (int place = 0; place < found.size(); place++) {
            if (relevant.contains(found.get(place))) {
                gain += discount(place);
            }
        }
        double ideal = 0;
        for (int place = 0; place < Math.min(PLACES, relevant.size()); place++) {
            ideal += discount(place);
        }
        return gain / ideal;
    }

    /** @param place from 0 */
    private static double discount(int place) {
        return Math.log(2) / Math.log(place + 2);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
