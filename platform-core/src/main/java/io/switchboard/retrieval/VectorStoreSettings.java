package io.switchboard.retrieval;

import io.switchboard.installation.SettingException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where vectors and words are searched.
 *
 * @param vectorStore {@code embedded}, a Lucene index for each tenant in the data directory; {@code pgvector}, tables of our PostgreSQL;
 *     {@code qdrant}, a server of its own; null: pgvector if the database offers it, else embedded
 */
@ConfigurationProperties("switchboard")
public record VectorStoreSettings(@Nullable String vectorStore) {

    private static final Set<String> STORES = Set.of("embedded", "pgvector", "qdrant");

    public VectorStoreSettings {
        if (vectorStore != null && !STORES.contains(vectorStore)) {
            throw new SettingException(
                    "SWITCHBOARD_VECTOR_STORE", "is one of embedded, pgvector and qdrant, not " + vectorStore);
        }
    }
}
