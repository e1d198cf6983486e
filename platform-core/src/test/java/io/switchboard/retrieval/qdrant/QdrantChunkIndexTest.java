package io.switchboard.retrieval.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.PointStruct;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndexContract;
import io.switchboard.retrieval.ChunkIndexException;
import io.switchboard.retrieval.VectorModel;
import io.switchboardtest.qdrant.DoubleCollection;
import io.switchboardtest.qdrant.QdrantDouble;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter over the real client and a real connection, to a double of the server. */
class QdrantChunkIndexTest extends ChunkIndexContract {

    private final QdrantDouble qdrant = new QdrantDouble("the-key");
    private QdrantServer server;
    private ChunkCollection collection;
    private QdrantChunkIndex index;
    private VectorModel model = new VectorModel("model", DIMENSION);

    @BeforeEach
    void connect() {
        server = new QdrantServer(settings("the-key"));
        collection = new ChunkCollection(server, "model", DIMENSION);
        collection.create();
        index = new QdrantChunkIndex(server, _ -> model, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        server.close();
        qdrant.close();
    }

    private QdrantSettings settings(String apiKey) {
        return new QdrantSettings(URI.create("http://127.0.0.1:" + qdrant.port()), apiKey);
    }

    @Override
    protected ChunkIndex index() {
        return index;
    }

    @Override
    protected Map<String, Long> traces(TenantId tenant) {
        return Map.of(
                "points",
                qdrant.collections().values().stream()
                        .flatMap(each -> each.points().stream())
                        .filter(point -> isOf(tenant, point))
                        .count());
    }

    private static boolean isOf(TenantId tenant, PointStruct point) {
        return point.getPayloadOrThrow("tenant").getStringValue().equals(tenant.toString());
    }

    @Test
    void has_one_collection_for_all_tenants_with_a_graph_for_each() {
        index.replace(newTenant(), DocumentId.next(), List.of(chunk(KnowledgeBaseId.next(), "a")));
        index.replace(newTenant(), DocumentId.next(), List.of(chunk(KnowledgeBaseId.next(), "a")));

        assertThat(qdrant.collections()).hasSize(1);
        DoubleCollection made = qdrant.collection(collection.name());
        VectorParams dense = made.vectors(ChunkCollection.DENSE);
        assertThat(dense.getHnswConfig().getM()).as("a graph over all tenants").isZero();
        assertThat(dense.getHnswConfig().getPayloadM()).isEqualTo(16);
        assertThat(made.indexes()
                        .get(ChunkCollection.TENANT)
                        .getFieldIndexParams()
                        .getKeywordIndexParams()
                        .getIsTenant())
                .isTrue();
    }

    @Test
    void keeps_vectors_of_different_models_apart_and_removes_a_tenant_from_all() {
        TenantId tenant = newTenant();
        KnowledgeBaseId base = KnowledgeBaseId.next();
        index.replace(tenant, DocumentId.next(), List.of(chunk(base, "word")));
        model = new VectorModel("other-model", 3);

        assertThat(index.size(tenant)).isZero();
        assertThat(index.lexical(tenant, Set.of(base), List.of("word"), 10)).isEmpty();

        index.removeTenant(tenant);
        assertThat(traces(tenant)).containsEntry("points", 0L);
    }

    @Test
    void removes_what_a_tenant_has_of_former_models_and_no_other_tenants() {
        TenantId tenant = newTenant();
        TenantId neighbour = newTenant();
        KnowledgeBaseId base = KnowledgeBaseId.next();
        index.replace(tenant, DocumentId.next(), List.of(chunk(base, "word")));
        index.replace(neighbour, DocumentId.next(), List.of(chunk(base, "word")));
        model = new VectorModel("other-model", 3);
        index.replace(tenant, DocumentId.next(), List.of(chunk(base, new float[] {1, 0, 0}, "word")));

        index.removeFormerModels(tenant);

        assertThat(index.dense(tenant, Set.of(base), new float[] {1, 0, 0}, 10)).hasSize(1);
        assertThat(traces(tenant)).containsEntry("points", 1L);
        assertThat(traces(neighbour)).containsEntry("points", 1L);
    }

    @Test
    void may_be_made_by_several_programs() {
        new ChunkCollection(server, "model", DIMENSION).create();

        assertThat(qdrant.collections()).hasSize(1);
    }

    @Test
    void says_that_the_server_does_not_answer() {
        qdrant.close();

        assertThatThrownBy(() -> index.size(newTenant()))
                .isInstanceOf(ChunkIndexException.class)
                .hasMessageContaining("127.0.0.1:" + qdrant.port())
                .hasMessageMatching(".*(UNAVAILABLE|CANCELLED).*"); // the latter while the connection is being closed
        assertThatThrownBy(() -> index.lexical(newTenant(), Set.of(KnowledgeBaseId.next()), List.of("a"), 1))
                .isInstanceOf(ChunkIndexException.class);
    }

    @Test
    void says_that_the_key_is_wrong() {
        try (QdrantServer wrong = new QdrantServer(settings("another"))) {
            assertThatThrownBy(wrong::version)
                    .isInstanceOf(ChunkIndexException.class)
                    .hasMessageContaining("Invalid API key");
        }
    }
}
