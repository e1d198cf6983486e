package io.switchboard.retrieval.lucene;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.TenantModels;
import io.switchboard.retrieval.VectorStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Files in the data directory, for one process. Needs nothing, so it is there when nothing else is. */
@Component
class LuceneStore implements VectorStore, DisposableBean {

    private final Path directory;
    private final TenantModels models;
    private @Nullable LuceneChunkIndex opened;

    LuceneStore(InstallationSettings installation, TenantModels models) {
        this.directory = installation.dataDir().resolve("index");
        this.models = models;
    }

    @Override
    public String name() {
        return LuceneChunkIndex.NAME;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public boolean used() {
        return Files.exists(directory);
    }

    @Override
    public synchronized ChunkIndex open() {
        if (opened == null) {
            opened = new LuceneChunkIndex(directory, models::of);
        }
        return opened;
    }

    @Override
    public synchronized void destroy() {
        if (opened != null) {
            opened.close();
        }
    }
}
