package io.switchboard.retrieval.qdrant;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndexContract;
import io.switchboard.retrieval.VectorModel;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.qdrant.QdrantContainer;

/** The same contract on Qdrant itself, where Docker runs. */
class QdrantContainerTest extends ChunkIndexContract {

    private static QdrantContainer qdrant;
    private static QdrantServer server;
    private static ChunkCollection collection;

    @BeforeEach
    void start() {
        assumeThat(DockerClientFactory.instance().isDockerAvailable())
                .as("no Docker engine, so the contract did not run on Qdrant itself")
                .isTrue();
        if (server == null) {
            run();
        }
    }

    private static void run() {
        qdrant = new QdrantContainer("qdrant/qdrant:v1.17.0");
        qdrant.start();
        server = new QdrantServer(
                new QdrantSettings(URI.create("http://" + qdrant.getHost() + ":" + qdrant.getGrpcPort()), null));
        collection = new ChunkCollection(server, "model", DIMENSION);
        collection.create();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (qdrant != null) {
            qdrant.stop();
        }
    }

    @Override
    protected ChunkIndex index() {
        return new QdrantChunkIndex(server, _ -> new VectorModel("model", DIMENSION), Clock.systemUTC());
    }

    @Override
    protected Map<String, Long> traces(TenantId tenant) {
        return Map.of(
                "points",
                server.call(
                        "count",
                        client -> client.countAsync(
                                collection.name(), ChunkCollection.of(tenant).build(), true)));
    }
}
