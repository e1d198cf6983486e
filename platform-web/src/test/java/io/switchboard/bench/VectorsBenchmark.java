package io.switchboard.bench;

import static org.awaitility.Awaitility.await;

import io.switchboard.SwitchboardApplication;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.TenantModels;
import io.switchboard.retrieval.Vectors;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.world.Program;
import io.switchboardtest.TestTenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How well and how fast tenants of all sizes are searched in one store: recall@10 against comparing with every vector, times of one
 * question after the other, and questions a second of two threads. Vectors are drawn around topics, some forty chunks to each, and
 * questions near a chunk; texts would take hours to embed. Each chunk has a handful of words, since words are not what is measured.
 */
final class VectorsBenchmark {

    private static final int DIMENSION = 384;
    private static final int CHUNKS_PER_TOPIC = 40;
    private static final double SPREAD = 0.8;
    private static final double QUESTION_SPREAD = 0.5;
    private static final int CHUNKS_PER_DOCUMENT = 2_000;
    private static final int PLACES = 10;
    private static final int QUESTIONS = 100;
    private static final int TENANTS_ASKED = 10;
    private static final int WARM_UP = 10;
    private static final int SEARCHED_EXACTLY = 20_000;
    private static final int THREADS = 2;
    private static final Duration THROUGHPUT = Duration.ofSeconds(2);
    private static final Duration GRAPH_LIMIT = Duration.ofMinutes(60);
    private static final List<String> WORDS = List.of("opening", "ticket", "harbour", "garden", "museum");

    /** Tenants of one size. */
    private record SizeClass(int tenants, int chunks) {}

    private static final List<SizeClass> HUNDRED_TENANTS = List.of(
            new SizeClass(50, 100),
            new SizeClass(25, 1_000),
            new SizeClass(20, 2_000),
            new SizeClass(3, 10_000),
            new SizeClass(1, 20_000),
            new SizeClass(1, 80_000));

    private static final List<SizeClass> THOUSAND_TENANTS = List.of(
            new SizeClass(500, 66),
            new SizeClass(200, 400),
            new SizeClass(287, 1_000),
            new SizeClass(10, 10_000),
            new SizeClass(2, 50_000),
            new SizeClass(1, 400_000));

    private final ChunkIndex index;
    private final TenantModels models;
    private final TenancyService tenancy;
    private final JdbcClient jdbc;

    private VectorsBenchmark(ApplicationContext program) {
        this.index = program.getBean(ChunkIndex.class);
        this.models = program.getBean(TenantModels.class);
        this.tenancy = program.getBean(TenancyService.class);
        this.jdbc = program.getBean(JdbcClient.class);
    }

    /** @param args the jar, and optionally {@code 200000} or {@code 1000000} and a store: embedded or pgvector */
    public static void main(String[] args) throws Exception {
        List<String> wanted = List.of(args).subList(1, args.length);
        for (List<SizeClass> classes : List.of(HUNDRED_TENANTS, THOUSAND_TENANTS)) {
            int chunks = classes.stream()
                    .mapToInt(size -> size.tenants() * size.chunks())
                    .sum();
            for (String store : List.of("embedded", "pgvector")) {
                if ((wanted.isEmpty() || wanted.contains(Integer.toString(chunks)) || wanted.contains("all"))
                        && (wanted.size() < 2 || wanted.contains(store))) {
                    measure(store, classes, chunks);
                }
            }
        }
    }

    private static void measure(String store, List<SizeClass> classes, int chunks)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("switchboard-bench");
        List<String> settings = new ArrayList<>(List.of(
                "--switchboard.data-dir=" + directory.resolve("data"),
                "--switchboard.port=" + Program.freePort(),
                "--switchboard.demo=false",
                "--switchboard.vector-store=" + store,
                "--logging.level.root=ERROR",
                "--spring.main.banner-mode=off"));
        String pgvector = System.getenv("SWITCHBOARD_TEST_PGVECTOR");
        if (pgvector != null) {
            settings.add("--switchboard.db.pgvector=" + pgvector);
        }
        try (ConfigurableApplicationContext program =
                new SpringApplicationBuilder(SwitchboardApplication.class).run(settings.toArray(String[]::new))) {
            System.out.printf(
                    "%n%s, %,d chunks of %d tenants%n%10s %8s %12s %10s %10s %10s %12s%n",
                    store,
                    chunks,
                    classes.stream().mapToInt(SizeClass::tenants).sum(),
                    "chunks",
                    "tenants",
                    "written/s",
                    "recall@10",
                    "p50",
                    "p95",
                    "questions/s");
            new VectorsBenchmark(program).run(classes);
        } finally {
            Directories.delete(directory);
        }
    }

    /** Everything is written before anything is asked, so that every tenant is searched among all the others. */
    private void run(List<SizeClass> classes) throws InterruptedException {
        List<Measured> written = new ArrayList<>();
        for (SizeClass size : classes) {
            long began = System.nanoTime();
            List<TestTenant> asked = new ArrayList<>();
            for (int i = 0; i < size.tenants(); i++) {
                TestTenant tenant =
                        new TestTenant(TestTenants.on(tenancy, "unlimited"), KnowledgeBaseId.next(), size.chunks(), i);
                write(tenant);
                if (i < TENANTS_ASKED) {
                    asked.add(tenant);
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            written.add(new Measured(size, asked, size.tenants() * (double) size.chunks() / seconds));
        }
        awaitGraphs(classes.stream()
                .filter(size -> size.chunks() > SEARCHED_EXACTLY)
                .mapToInt(SizeClass::tenants)
                .sum());
        for (Measured measured : written) {
            ask(measured);
        }
    }

    /** Graphs of large tenants are built in the background; until then those are searched exactly. */
    private void awaitGraphs(int expected) {
        long began = System.nanoTime();
        if (index.name().equals("pgvector")) {
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(GRAPH_LIMIT)
                    .until(() -> jdbc.sql("""
                                    select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid
                                     where c.relname like 'graph\\_%' and i.indisvalid
                                    """).query(Integer.class).single() >= expected);
        } else {
            await().pollInterval(Duration.ofSeconds(1)).atMost(GRAPH_LIMIT).until(() -> !merging());
        }
        System.out.printf(
                "(graphs of %d tenants built %.0f s after the last write)%n",
                expected, (System.nanoTime() - began) / 1e9);
    }

    /** Lucene joins segments, and makes their graphs, in threads that end when nothing is left to join. */
    private static boolean merging() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("Lucene Merge Thread"));
    }

    /** @param asked the first few of its tenants */
    private record Measured(SizeClass size, List<TestTenant> asked, double writtenPerSecond) {}

    private void write(TestTenant tenant) {
        for (int first = 0; first < tenant.chunks(); first += CHUNKS_PER_DOCUMENT) {
            List<IndexedChunk> chunks = IntStream.range(first, Math.min(tenant.chunks(), first + CHUNKS_PER_DOCUMENT))
                    .mapToObj(
                            number -> new IndexedChunk(tenant.id(number), tenant.base(), WORDS, tenant.vector(number)))
                    .toList();
            index.replace(tenant.tenant(), DocumentId.next(), chunks);
        }
    }

    private void ask(Measured measured) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        double found = 0;
        int asked = 0;
        for (TestTenant tenant : measured.asked()) {
            List<Set<ChunkId>> nearest =
                    tenant.nearest(QUESTIONS / measured.asked().size());
            for (int i = 0; i < WARM_UP; i++) {
                dense(tenant, tenant.question(nearest.size() + i));
            }
            for (int i = 0; i < nearest.size(); i++) {
                float[] question = tenant.question(i);
                Set<ChunkId> exact = nearest.get(i);
                long began = System.nanoTime();
                List<Hit> hits = dense(tenant, question);
                millis.add((System.nanoTime() - began) / 1e6);
                found +=
                        hits.stream().filter(hit -> exact.contains(hit.chunk())).count() / (double) exact.size();
                asked++;
            }
        }
        Percentiles times = Percentiles.of(millis);
        System.out.printf(
                "%,10d %8d %12.0f %10.4f %7.1f ms %7.1f ms %12.0f%n",
                measured.size().chunks(),
                measured.size().tenants(),
                measured.writtenPerSecond(),
                found / asked,
                times.at(0.5),
                times.at(0.95),
                questionsPerSecond(measured.asked()));
    }

    /** As a search does it: which model the tenant has is asked once, before. */
    private List<Hit> dense(TestTenant tenant, float[] question) {
        return models.during(
                tenant.tenant(),
                models.configured(),
                () -> index.dense(tenant.tenant(), Set.of(tenant.base()), question, PLACES));
    }

    private double questionsPerSecond(List<TestTenant> tenants) throws InterruptedException {
        AtomicLong answered = new AtomicLong();
        long began = System.nanoTime();
        long end = began + THROUGHPUT.toNanos();
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    for (int i = thread; System.nanoTime() < end; i += THREADS) {
                        TestTenant tenant = tenants.get(i % tenants.size());
                        dense(tenant, tenant.question(i % QUESTIONS));
                        answered.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return answered.get() / ((System.nanoTime() - began) / 1e9);
    }

    /** Vectors that can be drawn again and again, so that a million of them need no memory. */
    private record TestTenant(TenantId tenant, KnowledgeBaseId base, int chunks, int seed) {

        ChunkId id(int number) {
            return new ChunkId(new UUID(tenant.value().getMostSignificantBits() ^ seed, number));
        }

        float[] vector(int number) {
            return near(topic(number % Math.max(1, chunks / CHUNKS_PER_TOPIC)), SPREAD, random("chunk", number));
        }

        float[] question(int number) {
            Random random = random("question", number);
            return near(vector(random.nextInt(chunks)), QUESTION_SPREAD, random);
        }

        private float[] topic(int number) {
            return near(new float[DIMENSION], 1, random("topic", number));
        }

        private Random random(String kind, int number) {
            return new Random((kind.hashCode() * 31L + seed) * 1_000_003L + number * 7_919L + chunks);
        }

        private static float[] near(float[] centre, double spread, Random random) {
            float[] vector = new float[DIMENSION];
            double perNumber = spread / Math.sqrt(DIMENSION);
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) (centre[i] + perNumber * random.nextGaussian());
            }
            return Vectors.normalize(vector);
        }

        /** What the first questions should find, by comparing with every vector; before any is asked, since it takes the caches for itself. */
        List<Set<ChunkId>> nearest(int questions) {
            float[][] vectors =
                    IntStream.range(0, chunks).parallel().mapToObj(this::vector).toArray(float[][]::new);
            return IntStream.range(0, questions)
                    .mapToObj(number -> nearest(question(number), vectors))
                    .toList();
        }

        private Set<ChunkId> nearest(float[] question, float[][] vectors) {
            record Compared(int number, double cosine) {}
            return IntStream.range(0, chunks)
                    .mapToObj(number -> new Compared(number, Vectors.dot(question, vectors[number])))
                    .sorted(Comparator.comparingDouble((Compared compared) -> -compared.cosine()))
                    .limit(PLACES)
                    .map(compared -> id(compared.number()))
                    .collect(Collectors.toSet());
        }
    }
}
