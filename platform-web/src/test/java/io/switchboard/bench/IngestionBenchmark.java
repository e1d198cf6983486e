package io.switchboard.bench;

import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.models.BareEmbedder;
import io.switchboard.retrieval.Embedder;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.Installation;
import io.switchboard.world.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import tools.jackson.databind.JsonNode;

/**
 * How fast documents become answers, against the embedding model alone on the same texts and the same processors; how a long PDF is
 * reported; and what a tenant notices of another one's thousand pages.
 */
final class IngestionBenchmark {

    /** Until the compilers have come to rest. */
    private static final int WARM_UP_DOCUMENTS = 24;

    private static final int DOCUMENTS = 24;
    private static final int SECTIONS = 60;
    private static final int WORDS = 130;
    private static final int PDF_PAGES = 300;
    private static final int PDF_LINES = 42;
    private static final int LINE_WORDS = 13;
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration UPLOAD_POLL = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);

    private final Installation installation;
    private final Prose prose = new Prose(20_260_721);

    private IngestionBenchmark(Installation installation) {
        this.installation = installation;
    }

    /** @param args the jar */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("switchboard-bench");
        try (FakeMeta meta = FakeMeta.start();
                Program program = Program.Launch.of(Program.Code.jar(Path.of(args[0])), directory.resolve("data"))
                        .with(Installation.settings(meta))
                        .start()) {
            program.millisToHealthy();
            IngestionBenchmark benchmark = new IngestionBenchmark(Installation.of(program));
            benchmark.throughput();
            benchmark.longPdf();
            benchmark.flood();
            program.stop();
        } finally {
            Directories.delete(directory);
        }
    }

    private void throughput() {
        Library warmUp = newLibrary("warm-up");
        for (int i = 0; i < WARM_UP_DOCUMENTS; i++) {
            warmUp.upload("warm-up-" + i + ".md", markdown(SECTIONS));
        }
        warmUp.untilReady();
        Library library = newLibrary("throughput");
        long began = System.nanoTime();
        for (int i = 0; i < DOCUMENTS; i++) {
            library.upload("manual-" + i + ".md", markdown(SECTIONS));
        }
        library.untilReady();
        double seconds = (System.nanoTime() - began) / 1e9;
        List<NewChunk> chunks = library.chunks();
        double rate = chunks.size() / seconds;
        double bare = bareRate(chunks.stream().map(NewChunk::embeddedText).toList());
        System.out.printf(
                "%d documents, %d chunks of %.0f tokens: %.1f s, %.2f documents/s, %.1f chunks/s%n",
                DOCUMENTS,
                chunks.size(),
                chunks.stream().mapToInt(NewChunk::tokens).average().orElse(0),
                seconds,
                DOCUMENTS / seconds,
                rate);
        System.out.printf("the same texts by the model alone: %.1f/s; share %.0f %%%n%n", bare, 100 * rate / bare);
    }

    private static double bareRate(List<String> texts) {
        Embedder embedder = BareEmbedder.start();
        embedder.embedPassages(texts.subList(0, Math.min(32, texts.size())));
        long began = System.nanoTime();
        embedder.embedPassages(texts);
        return texts.size() / ((System.nanoTime() - began) / 1e9);
    }

    private void longPdf() throws Exception {
        Library library = newLibrary("pdf");
        byte[] pdf = pdf();
        long began = System.nanoTime();
        String document = library.upload("manual.pdf", pdf);
        TreeSet<Double> seen = new TreeSet<>();
        double longest = 0;
        double last = 0;
        String status = "";
        while (!status.equals("READY")) {
            ApiClient.Reply reply = library.api().get("/api/v1/documents/" + document);
            status = reply.text("status");
            if (status.equals("FAILED") || System.nanoTime() - began > LIMIT.toNanos()) {
                throw new IllegalStateException("the PDF was not read: " + reply);
            }
            double now = (System.nanoTime() - began) / 1e9;
            if (seen.add(reply.json().path("progress").asDouble())) {
                longest = Math.max(longest, now - last);
                last = now;
            }
            Thread.sleep(POLL);
        }
        System.out.printf(
                "PDF of %d pages, %.1f MB: READY after %.1f s with %d chunks; %d steps of progress, longest pause %.1f s%n%n",
                PDF_PAGES,
                pdf.length / 1e6,
                (System.nanoTime() - began) / 1e9,
                library.api()
                        .get("/api/v1/documents/" + document)
                        .json()
                        .path("chunks")
                        .asInt(),
                seen.size(),
                longest);
    }

    private void flood() throws InterruptedException {
        Installation.Tenant quiet = installation.newTenant("quiet");
        Library loud = newLibrary("loud");
        ask(quiet, QUIET);
        Percentiles before = ask(quiet, QUIET);
        for (int i = 0; i < 8 * DOCUMENTS; i++) {
            loud.upload("flood-" + i + ".md", markdown(SECTIONS));
        }
        Percentiles during = ask(quiet, QUIET);
        if (loud.isReady()) {
            throw new IllegalStateException("the flood was over before the questions were");
        }
        System.out.printf(
                "answer of a quiet tenant: p50 %.0f ms, p95 %.0f ms alone; p50 %.0f ms, p95 %.0f ms while another uploads %d documents; ratio %.2f and %.2f%n",
                before.at(0.5),
                before.at(0.95),
                during.at(0.5),
                during.at(0.95),
                8 * DOCUMENTS,
                during.at(0.5) / before.at(0.5),
                during.at(0.95) / before.at(0.95));
    }

    /** Questions of all kinds, as no vector is made twice for the same one; each of its own person. */
    private Percentiles ask(Installation.Tenant tenant, Duration time) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            ApiClient.Reply reply = tenant.api()
                    .post(
                            "/api/v1/bots/" + tenant.botId() + "/ask",
                            Map.of("question", "When is the museum open on " + prose.title() + "?"));
            if (reply.status() != 200) {
                throw new IllegalStateException("not answered: " + reply);
            }
            millis.add((System.nanoTime() - asked) / 1e6);
            Thread.sleep(BETWEEN_QUESTIONS);
        }
        return Percentiles.of(millis);
    }

    private byte[] markdown(int sections) {
        StringBuilder text = new StringBuilder("# ").append(prose.title()).append("\n\n");
        for (int i = 0; i < sections; i++) {
            text.append("## ")
                    .append(prose.title())
                    .append("\n\n")
                    .append(prose.paragraph(WORDS))
                    .append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] pdf() throws IOException {
        PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            for (int i = 0; i < PDF_PAGES; i++) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(font, 10);
                    content.setLeading(15);
                    content.newLineAtOffset(56, 730);
                    for (int line = 0; line < PDF_LINES; line++) {
                        content.showText(prose.paragraph(LINE_WORDS));
                        content.newLine();
                    }
                    content.endText();
                }
            }
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private Library newLibrary(String slug) {
        ApiClient api = installation.newTenant(slug).api();
        String base = api.post("/api/v1/knowledge-bases", Map.of("name", slug, "language", "en"))
                .text("id");
        return new Library(api, base, new ArrayList<>(), new ArrayDeque<>());
    }

    /**
     * A tenant's documents, in the order of their uploads.
     *
     * @param open those that were not ready when last asked for; the others are not asked for again, which would cost more than it tells
     */
    private record Library(ApiClient api, String base, List<String> documents, Deque<String> open) {

        String upload(String name, byte[] content) {
            String type = name.endsWith(".pdf") ? "application/pdf" : "text/markdown";
            ApiClient.Reply reply = api.upload("/api/v1/knowledge-bases/" + base + "/documents", name, type, content);
            if (reply.status() != 202) {
                throw new IllegalStateException("upload answered " + reply);
            }
            documents.add(reply.text("id"));
            open.add(reply.text("id"));
            return reply.text("id");
        }

        void untilReady() {
            await().pollInterval(UPLOAD_POLL).atMost(LIMIT).until(this::isReady);
        }

        List<NewChunk> chunks() {
            List<NewChunk> chunks = new ArrayList<>();
            for (String document : documents) {
                String cursor = "";
                do {
                    JsonNode page = api.get("/api/v1/documents/" + document + "/chunks?limit=100" + cursor)
                            .json();
                    for (JsonNode chunk : page.path("items")) {
                        List<String> headings = new ArrayList<>();
                        chunk.path("headingPath").forEach(heading -> headings.add(heading.asString()));
                        chunks.add(new NewChunk(
                                headings,
                                chunk.path("text").asString(),
                                chunk.path("tokens").asInt()));
                    }
                    cursor = page.path("next").isNull()
                            ? null
                            : "&cursor=" + page.path("next").asString();
                } while (cursor != null);
            }
            return chunks;
        }

        boolean isReady() {
            while (!open.isEmpty() && isReady(open.getFirst())) {
                open.removeFirst();
            }
            return open.isEmpty();
        }

        private boolean isReady(String document) {
            ApiClient.Reply reply = api.get("/api/v1/documents/" + document);
            if (reply.text("status").equals("FAILED")) {
                throw new IllegalStateException("not read: " + reply);
            }
            return reply.text("status").equals("READY");
        }
    }
}
