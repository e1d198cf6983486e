package io.switchboard.bench;

import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.Installation;
import io.switchboard.world.Program;
import io.switchboardtest.qdrant.QdrantDouble;
import java.io.IOException;
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
 * nDCG@10 as in BEIR: gains are 0 or 1, the discount is the logarithm of the place. The program then starts again on the same data with the
 * next store, which is filled from the database. Qdrant's place is taken by the server of our tests, which compares with every vector.
 */
final class RetrievalBenchmark {

    private static final String STORE = "SWITCHBOARD_VECTOR_STORE";
    private static final List<String> LANGUAGES = List.of("en", "es", "de", "ar");
    private static final int TEXTS_PER_DOCUMENT = 130;
    private static final int PASSAGES = 50;
    private static final int PLACES = 10;
    private static final Duration READING_LIMIT = Duration.ofMinutes(20);

    private final ApiClient api;

    private RetrievalBenchmark(ApiClient api) {
        this.api = api;
    }

    /** What was uploaded. */
    private record Shelf(TestCollection collection, String base) {}

    /** @param args the jar, and a directory with {@code scifact} in BEIR's layout and {@code xquad} in SQuAD's */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.out.println(
                    "Name a directory with scifact (BEIR's layout) and xquad: ./platform bench retrieval DIR");
            return;
        }
        List<TestCollection> collections = collections(Path.of(args[1]));
        Path directory = Files.createTempDirectory("switchboard-bench");
        List<Shelf> shelves = new ArrayList<>();
        try (FakeMeta meta = FakeMeta.start();
                QdrantDouble qdrant = new QdrantDouble(null)) {
            Program.Launch launch = Program.Launch.of(Program.Code.jar(Path.of(args[0])), directory.resolve("data"))
                    .with(Installation.settings(meta));
            for (Map<String, String> store : stores(qdrant)) {
                try (Program program = launch.with(store).start()) {
                    program.millisToHealthy();
                    if (shelves.isEmpty()) {
                        RetrievalBenchmark benchmark = new RetrievalBenchmark(
                                Installation.of(program).newTenant("library").api());
                        collections.forEach(collection -> shelves.add(benchmark.upload(collection)));
                    }
                    RetrievalBenchmark benchmark = new RetrievalBenchmark(
                            program.signIn(Installation.owner("library"), Installation.PASSWORD));
                    System.out.printf(
                            "%n%-12s %8s %8s %11s %11s %11s %11s%n",
                            store.get(STORE), "texts", "questions", "nDCG@10", "recall@10", "search p50", "p95");
                    shelves.forEach(benchmark::measure);
                    program.stop();
                }
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private static List<TestCollection> collections(Path data) throws IOException {
        List<TestCollection> collections = new ArrayList<>();
        collections.add(TestCollection.scifact(data.resolve("scifact")));
        for (String language : LANGUAGES) {
            collections.add(
                    TestCollection.xquad(data.resolve("xquad").resolve("xquad." + language + ".json"), language));
        }
        return collections;
    }

    private static List<Map<String, String>> stores(QdrantDouble qdrant) {
        List<Map<String, String>> stores = new ArrayList<>();
        stores.add(Map.of(STORE, "embedded"));
        String pgvector = System.getenv("SWITCHBOARD_TEST_PGVECTOR");
        if (pgvector == null) {
            System.out.println("pgvector is left out: there is none for the embedded PostgreSQL here");
        } else {
            stores.add(Map.of(STORE, "pgvector", "SWITCHBOARD_DB_PGVECTOR", pgvector));
        }
        stores.add(Map.of(STORE, "qdrant", "SWITCHBOARD_QDRANT_URL", "http://127.0.0.1:" + qdrant.port()));
        return stores;
    }

    private Shelf upload(TestCollection collection) {
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
        System.out.printf(
                "%s: %d texts read as %d chunks in %.0f s, %.1f chunks/s%n",
                collection.name(), collection.texts().size(), chunks, seconds, chunks / seconds);
        return new Shelf(collection, base);
    }

    /** The first question is asked twice, as a store that holds nothing yet is filled then. */
    private void measure(Shelf shelf) {
        TestCollection collection = shelf.collection();
        search(shelf, collection.relevant().keySet().iterator().next());
        List<Double> gains = new ArrayList<>();
        List<Double> recalls = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        collection.relevant().forEach((question, relevant) -> {
            long asked = System.nanoTime();
            ApiClient.Reply reply = search(shelf, question);
            millis.add((System.nanoTime() - asked) / 1e6);
            List<String> found = titles(reply);
            gains.add(ndcg(found, relevant));
            recalls.add((double) found.stream().filter(relevant::contains).count() / relevant.size());
        });
        Percentiles times = Percentiles.of(millis);
        System.out.printf(
                "%-12s %8d %8d %11.4f %11.4f %8.1f ms %8.1f ms%n",
                collection.name(),
                collection.texts().size(),
                gains.size(),
                mean(gains),
                mean(recalls),
                times.at(0.5),
                times.at(0.95));
    }

    private ApiClient.Reply search(Shelf shelf, String question) {
        ApiClient.Reply reply = api.post(
                "/api/v1/knowledge-bases/" + shelf.base() + "/search", Map.of("query", question, "limit", PASSAGES));
        if (reply.status() != 200) {
            throw new IllegalStateException("search answered " + reply);
        }
        return reply;
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
            ApiClient.Reply reply = api.upload(
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
        ApiClient.Reply reply = api.get("/api/v1/documents/" + document);
        if (reply.text("status").equals("FAILED")) {
            throw new IllegalStateException("could not be read: " + reply);
        }
        return reply.text("status").equals("READY");
    }

    private long chunks(String document) {
        return api.get("/api/v1/documents/" + document).json().path("chunks").asLong();
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
