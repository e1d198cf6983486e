package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model turns text into vectors. Another model means other vectors: what there is is embedded again in the background then.
 *
 * @param provider {@code in-process} (English, no network), {@code openai} for any OpenAI-compatible endpoint, or {@code ollama}
 * @param baseUrl of the endpoint, for example https://api.openai.com/v1; null: the provider's own
 * @param dimension length of the model's vectors
 */
@ConfigurationProperties("switchboard.embedding")
record EmbeddingSettings(
        @DefaultValue("in-process") String provider,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable Integer dimension) {

    EmbeddingSettings {
        switch (provider) {
            case "in-process" -> {}
            case "openai", "ollama" -> {
                Endpoints.requireSet("SWITCHBOARD_EMBEDDING_MODEL", model, provider);
                Endpoints.requireHttp("SWITCHBOARD_EMBEDDING_BASE_URL", baseUrl);
                if (dimension == null || dimension < 1 || dimension > 4096) {
                    throw new SettingException(
                            "SWITCHBOARD_EMBEDDING_DIMENSION",
                            "must say how long the model's vectors are, 1 to 4096 (text-embedding-3-small: 1536)");
                }
                if (provider.equals("openai") && baseUrl == null) {
                    Endpoints.requireSet("SWITCHBOARD_EMBEDDING_API_KEY", apiKey, provider);
                }
            }
            default ->
                throw new SettingException(
                        "SWITCHBOARD_EMBEDDING_PROVIDER",
                        "is one of in-process, openai (any OpenAI-compatible endpoint) and ollama, not " + provider);
        }
    }

    @Override
    public String toString() {
        return "EmbeddingSettings[provider=" + provider + ", baseUrl=" + baseUrl + ", model=" + model + "]";
    }
}
