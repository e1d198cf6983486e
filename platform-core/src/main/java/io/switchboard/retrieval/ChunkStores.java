package io.switchboard.retrieval;

import io.switchboard.installation.SettingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The vector stores there are, and the one that this installation uses. */
@Component
public class ChunkStores {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkStores.class);
    private static final String BY_DEFAULT = "pgvector";
    private static final String ALWAYS_THERE = "embedded";

    private final List<VectorStore> stores;
    private final Choice choice;
    private final ChunkIndex chosen;

    ChunkStores(VectorStoreSettings settings, List<VectorStore> stores) {
        this.stores = List.copyOf(stores);
        this.choice = choose(settings, stores);
        this.chosen = choice.store().open();
        LOG.info("Vector store: {} ({})", choice.store().name(), choice.reason());
    }

    record Choice(VectorStore store, String reason) {}

    /** @throws SettingException if a store is asked for that cannot be used */
    static Choice choose(VectorStoreSettings settings, List<VectorStore> stores) {
        Map<String, VectorStore> byName =
                stores.stream().collect(Collectors.toMap(VectorStore::name, Function.identity()));
        String asked = settings.vectorStore();
        if (asked != null) {
            VectorStore store = byName.get(asked);
            Optional<String> missing = store == null ? Optional.of("it is not part of this program") : store.missing();
            if (store == null || missing.isPresent()) {
                throw new SettingException("SWITCHBOARD_VECTOR_STORE", "is " + asked + ", but " + missing.orElse(""));
            }
            return new Choice(store, "SWITCHBOARD_VECTOR_STORE says so");
        }
        VectorStore preferred = byName.get(BY_DEFAULT);
        Optional<String> missing = preferred == null ? Optional.of("there is no " + BY_DEFAULT) : preferred.missing();
        if (preferred != null && missing.isEmpty()) {
            return new Choice(preferred, "by default, since the database has the extension");
        }
        VectorStore embedded = byName.get(ALWAYS_THERE);
        if (embedded == null) {
            throw new IllegalStateException("the embedded vector store is not part of this program");
        }
        return new Choice(embedded, "by default, since " + missing.orElse(""));
    }

    /** The index that is searched. */
    public ChunkIndex chosen() {
        return chosen;
    }

    /** Why that one, in words for the operator. */
    public String reason() {
        return choice.reason();
    }

    /** The index that is searched, and those that were used here before and may hold something still. */
    List<ChunkIndex> used() {
        return stores.stream()
                .filter(store -> store.equals(choice.store()) || store.used())
                .map(VectorStore::open)
                .toList();
    }

    /** Names of stores that were used here before. */
    List<String> former() {
        return stores.stream()
                .filter(store -> !store.equals(choice.store()) && store.used())
                .map(VectorStore::name)
                .toList();
    }
}
