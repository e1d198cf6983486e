package io.switchboard.retrieval.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndexException;
import io.switchboard.retrieval.TermHash;

/** The collection of one embedding model's vectors, all tenants in it; each tenant gets a graph of its own within it. */
final class ChunkCollection {

    static final String DENSE = "dense";
    static final String WORDS = "words";
    static final String TENANT = "tenant";
    static final String DOCUMENT = "document";
    static final String BASE = "base";
    static final String TERMS = "terms";
    static final String LENGTH = "length";

    /** Measured with other stores: comparing with so many vectors is as fast as walking a graph, and exact. */
    static final int EXACT_UP_TO = 20_000;

    private static final String PREFIX = "switchboard-";
    private static final int NEIGHBOURS = 16;
    private static final int CANDIDATES_OF_BUILD = 200;

    private final QdrantServer server;
    private final String name;
    private final int dimension;

    /** @param model names the collection, so that vectors of different models never meet */
    ChunkCollection(QdrantServer server, String model, int dimension) {
        this.server = server;
        this.name = PREFIX + Long.toHexString(TermHash.of(model)) + "-" + dimension;
        this.dimension = dimension;
    }

    static boolean isOurs(String collection) {
        return collection.startsWith(PREFIX);
    }

    QdrantServer server() {
        return server;
    }

    int dimension() {
        return dimension;
    }

    String name() {
        return name;
    }

    /** All filters begin here: the tenant is never left out. */
    static Filter.Builder of(TenantId tenant) {
        return Filter.newBuilder().addMust(matchKeyword(TENANT, tenant.toString()));
    }

    /** Makes the collection and its payload indexes, unless they are there. */
    void create() {
        if (!server.call("say whether the collection is there", client -> client.collectionExistsAsync(name))) {
            try {
                server.call("create the collection", client -> client.createCollectionAsync(definition()));
            } catch (ChunkIndexException e) {
                if (Status.fromThrowable(e).getCode() != Status.Code.ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        index(TENANT, keyword(true));
        index(DOCUMENT, keyword(false));
        index(BASE, keyword(false));
        index(TERMS, number());
        index(LENGTH, number());
    }

    /** No graph over all tenants (m = 0), one for each tenant that is large enough (payload_m). */
    private CreateCollection definition() {
        HnswConfigDiff graphs = HnswConfigDiff.newBuilder()
                .setM(0)
                .setPayloadM(NEIGHBOURS)
                .setEfConstruct(CANDIDATES_OF_BUILD)
                .setFullScanThreshold((long) EXACT_UP_TO * dimension * Float.BYTES / 1024)
                .build();
        VectorParams dense = VectorParams.newBuilder()
                .setSize(dimension)
                .setDistance(Distance.Cosine)
                .setHnswConfig(graphs)
                .build();
        return CreateCollection.newBuilder()
                .setCollectionName(name)
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParamsMap(VectorParamsMap.newBuilder().putMap(DENSE, dense)))
                .setSparseVectorsConfig(
                        SparseVectorConfig.newBuilder().putMap(WORDS, SparseVectorParams.getDefaultInstance()))
                .build();
    }

    private static CreateFieldIndexCollection.Builder keyword(boolean tenant) {
        KeywordIndexParams params = KeywordIndexParams.newBuilder()
                .setIsTenant(tenant)
                .setEnableHnsw(tenant)
                .build();
        return CreateFieldIndexCollection.newBuilder()
                .setFieldType(FieldType.FieldTypeKeyword)
                .setFieldIndexParams(PayloadIndexParams.newBuilder().setKeywordIndexParams(params));
    }

    private static CreateFieldIndexCollection.Builder number() {
        IntegerIndexParams params = IntegerIndexParams.newBuilder()
                .setLookup(true)
                .setRange(false)
                .setEnableHnsw(false)
                .build();
        return CreateFieldIndexCollection.newBuilder()
                .setFieldType(FieldType.FieldTypeInteger)
                .setFieldIndexParams(PayloadIndexParams.newBuilder().setIntegerIndexParams(params));
    }

    private void index(String field, CreateFieldIndexCollection.Builder index) {
        server.call(
                "index the field " + field,
                client -> client.createPayloadIndexAsync(
                        index.setCollectionName(name)
                                .setFieldName(field)
                                .setWait(true)
                                .build(),
                        null));
    }
}
