package io.switchboard.retrieval.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.ChunkIndexContract;
import io.switchboard.retrieval.VectorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneChunkIndexTest extends ChunkIndexContract {

    private static final int EXACT_UP_TO = 2_000;

    private final TenantId tenant = TenantId.next();
    private final KnowledgeBaseId handbook = KnowledgeBaseId.next();
    private final DocumentId document = DocumentId.next();

    @TempDir
    Path directory;

    private LuceneChunkIndex index;
    private VectorModel model = new VectorModel("model", DIMENSION);

    @BeforeEach
    void open() {
        index = new LuceneChunkIndex(directory, _ -> model, EXACT_UP_TO);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Override
    protected ChunkIndex index() {
        return index;
    }

    @Override
    protected Map<String, Long> traces(TenantId tenant) {
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index.path(tenant, model)))) {
            long terms = 0;
            long vectors = 0;
            for (LeafReaderContext leaf : reader.leaves()) {
                Terms ofLeaf = leaf.reader().terms(ChunkFields.TERMS);
                terms += ofLeaf == null ? 0 : ofLeaf.size();
                vectors +=
                        leaf.reader().getFloatVectorValues(ChunkFields.VECTOR).size();
            }
            return Map.of("chunks, removed ones too", (long) reader.maxDoc(), "terms", terms, "vectors", vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keeps_everything_across_a_restart() {
        IndexedChunk chunk = chunk(handbook, vector(1, 0, 0), "word");
        index.replace(tenant, document, List.of(chunk));

        reopen();

        assertThat(index.dense(tenant, Set.of(handbook), vector(1, 0, 0), 10))
                .extracting(Hit::chunk)
                .containsExactly(chunk.id());
        assertThat(index.lexical(tenant, Set.of(handbook), List.of("word"), 10)).hasSize(1);
    }

    @Test
    void has_every_finished_change_on_disk_without_being_closed() throws IOException {
        index.replace(tenant, document, List.of(chunk(handbook, "word")));

        Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
        copyTree(directory, copy);

        try (LuceneChunkIndex afterCrash = new LuceneChunkIndex(copy, _ -> model, EXACT_UP_TO)) {
            assertThat(afterCrash.size(tenant)).isEqualTo(1);
        }
    }

    @Test
    void starts_anew_when_its_files_are_damaged() throws IOException {
        index.replace(tenant, document, List.of(chunk(handbook, "word")));
        index.close();
        try (Stream<Path> files = Files.list(index.path(tenant, model))) {
            for (Path file : files.filter(file -> !file.endsWith("write.lock")).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        reopen();

        assertThat(index.size(tenant)).isZero();
        index.replace(tenant, document, List.of(chunk(handbook, "word")));
        assertThat(index.size(tenant)).isEqualTo(1);
    }

    @Test
    void starts_anew_when_a_file_is_missing() throws IOException {
        index.replace(tenant, document, List.of(chunk(handbook, "word")));
        index.close();
        try (Stream<Path> files = Files.list(index.path(tenant, model))) {
            for (Path file : files.filter(name -> name.toString().matches(".*\\.(cfs|vec|tim)"))
                    .toList()) {
                Files.delete(file);
            }
        }

        reopen();

        assertThat(index.size(tenant)).isZero();
    }

    @Test
    void keeps_each_models_chunks_by_themselves_until_the_former_ones_are_removed() {
        index.replace(tenant, document, List.of(chunk(handbook, "word")));

        model = new VectorModel("other-model", 3);

        assertThat(index.size(tenant)).isZero();
        index.replace(tenant, document, List.of(chunk(handbook, new float[] {1, 0, 0}, "word")));
        assertThat(index.dense(tenant, Set.of(handbook), new float[] {1, 0, 0}, 10))
                .hasSize(1);

        index.removeFormerModels(tenant);
        reopen();
        assertThat(index.size(tenant)).isEqualTo(1);
        model = new VectorModel("model", DIMENSION);
        assertThat(index.size(tenant)).as("what was removed").isZero();
    }

    @Test
    void finds_nearly_all_nearest_vectors_through_its_graph() {
        List<IndexedChunk> chunks = new ArrayList<>();
        for (int i = 0; i <= EXACT_UP_TO; i++) {
            chunks.add(chunk(handbook, clusteredVector(i % 100), "word"));
        }
        index.replace(tenant, document, chunks);

        int found = 0;
        for (int i = 0; i < 20; i++) {
            float[] question = vectorOf(chunks.get(i * 97));
            ChunkIndex.Hit best =
                    index.dense(tenant, Set.of(handbook), question, 10).getFirst();
            found += best.chunk().equals(chunks.get(i * 97).id()) ? 1 : 0;
        }

        assertThat(found).isGreaterThanOrEqualTo(19);
    }

    @Test
    void joins_segments_for_a_graph_of_more_chunks_than_are_searched_exactly() throws IOException {
        int part = EXACT_UP_TO / 2;
        index.replace(tenant, document, chunks(part));
        index.replace(tenant, DocumentId.next(), chunks(part));
        index.replace(tenant, DocumentId.next(), chunks(10));

        assertThat(graphSizes()).containsExactly(2 * part + 10);
    }

    @Test
    void makes_no_graph_of_fewer_chunks() throws IOException {
        index.replace(tenant, document, chunks(EXACT_UP_TO - 20));

        assertThat(graphSizes()).containsExactly(0);
    }

    private List<IndexedChunk> chunks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> chunk(handbook, clusteredVector(i % 100), "word"))
                .toList();
    }

    /** Nodes in the graph of each segment that is on disk when merges are done; 0: none. */
    private List<Integer> graphSizes() throws IOException {
        index.close();
        List<Integer> sizes = new ArrayList<>();
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index.path(tenant, model)))) {
            for (LeafReaderContext leaf : reader.leaves()) {
                KnnVectorsReader vectors = ((PerFieldKnnVectorsFormat.FieldsReader)
                                ((CodecReader) leaf.reader()).getVectorReader())
                        .getFieldReader(ChunkFields.VECTOR);
                HnswGraph graph = ((HnswGraphProvider) vectors).getGraph(ChunkFields.VECTOR);
                sizes.add(graph == null ? 0 : graph.size());
            }
        }
        return sizes;
    }

    @Test
    void takes_vectors_of_three_thousand_dimensions() {
        float[] vector = new float[3072];
        vector[3071] = 1;

        index.replace(tenant, document, List.of(chunk(handbook, vector, "word")));

        assertThat(index.dense(tenant, Set.of(handbook), vector, 1)).hasSize(1);
    }

    private float[] clusteredVector(int cluster) {
        float[] vector = randomVector();
        vector[cluster] += 20;
        return vector;
    }

    private void reopen() {
        index.close();
        index = new LuceneChunkIndex(directory, _ -> model, EXACT_UP_TO);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
