package io.switchboard.models;

import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.FormerEmbedders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model that comes with the program, loaded when tenants are first searched by it although the settings name another. */
final class ShippedEmbedder implements FormerEmbedders, AutoCloseable {

    private @Nullable InProcessEmbedder loaded;

    @Override
    public synchronized Optional<Embedder> find(String model) {
        if (!model.equals(InProcessEmbedder.MODEL)) {
            return Optional.empty();
        }
        if (loaded == null) {
            loaded = new InProcessEmbedder();
        }
        return Optional.of(loaded);
    }

    @Override
    public synchronized void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}
