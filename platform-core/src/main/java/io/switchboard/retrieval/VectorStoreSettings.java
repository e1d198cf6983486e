package io.switchboard.retrieval;

import io.switchboard.installation.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where vectors and words are searched.
 *
 * @param vectorStore {@code embedded}, a Lucene index for each tenant in the data directory
 */
@ConfigurationProperties("switchboard")
public record VectorStoreSettings(@DefaultValue("embedded") String vectorStore) {

    public VectorStoreSettings {
        switch (vectorStore) {
            case "embedded" -> {}
            case "pgvector", "qdrant" ->
                throw new SettingException(
                        "SWITCHBOARD_VECTOR_STORE",
                        "is " + vectorStore + ", which this version cannot use yet; use embedded");
            default -> throw new SettingException("SWITCHBOARD_VECTOR_STORE", "must be embedded, not " + vectorStore);
        }
    }
}
