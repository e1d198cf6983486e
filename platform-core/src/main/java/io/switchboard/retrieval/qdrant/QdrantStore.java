package io.switchboard.retrieval.qdrant;

import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.ChunkIndexException;
import io.switchboard.retrieval.TenantModels;
import io.switchboard.retrieval.VectorModel;
import io.switchboard.retrieval.VectorStore;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A Qdrant server, if the settings name one. Several replicas share it. */
@Component
class QdrantStore implements VectorStore, DisposableBean {

    private final QdrantSettings settings;
    private final VectorModel configured;
    private final Function<TenantId, VectorModel> models;
    private final Clock clock;
    private @Nullable QdrantServer server;
    private @Nullable ChunkIndex opened;

    @Autowired
    QdrantStore(QdrantSettings settings, TenantModels models, Clock clock) {
        this(settings, models.configured(), models::of, clock);
    }

    /** @param models of each tenant */
    QdrantStore(QdrantSettings settings, VectorModel configured, Function<TenantId, VectorModel> models, Clock clock) {
        this.settings = settings;
        this.configured = configured;
        this.models = models;
        this.clock = clock;
    }

    @Override
    public String name() {
        return QdrantChunkIndex.NAME;
    }

    @Override
    public Optional<String> missing() {
        if (settings.url() == null) {
            return Optional.of("SWITCHBOARD_QDRANT_URL does not say where it is");
        }
        try {
            String version = server().version();
            return QdrantServer.isSupported(version)
                    ? Optional.empty()
                    : Optional.of("the server at " + settings.url() + " is version " + version + "; "
                            + QdrantServer.OLDEST + " or newer is needed");
        } catch (ChunkIndexException e) {
            return Optional.of(e.getMessage() + " (SWITCHBOARD_QDRANT_URL, SWITCHBOARD_QDRANT_API_KEY)");
        }
    }

    @Override
    public boolean used() {
        return settings.url() != null && server().collections().stream().anyMatch(ChunkCollection::isOurs);
    }

    @Override
    public synchronized ChunkIndex open() {
        if (opened == null) {
            QdrantChunkIndex index = new QdrantChunkIndex(server(), models, clock);
            index.prepare(configured);
            opened = index;
        }
        return opened;
    }

    private synchronized QdrantServer server() {
        if (server == null) {
            server = new QdrantServer(settings);
        }
        return server;
    }

    @Override
    public synchronized void destroy() {
        if (server != null) {
            server.close();
        }
    }
}
