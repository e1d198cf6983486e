package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model that puts the passages of a search into a better order; off without an address.
 *
 * @param baseUrl of an endpoint that speaks as Cohere and Jina do, for example https://api.jina.ai/v1; null: none
 * @param timeout after which the search goes on without it, 50 ms to 30 s
 */
@ConfigurationProperties("switchboard.rerank")
record RerankSettings(
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @DefaultValue("2s") Duration timeout) {

    RerankSettings {
        Endpoints.requireHttp("SWITCHBOARD_RERANK_BASE_URL", baseUrl);
        if (baseUrl != null && (model == null || model.isBlank())) {
            throw new SettingException("SWITCHBOARD_RERANK_MODEL", "is missing; SWITCHBOARD_RERANK_BASE_URL needs it");
        }
        if (timeout.compareTo(Duration.ofMillis(50)) < 0 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new SettingException("SWITCHBOARD_RERANK_TIMEOUT", "must be 50ms to 30s, not " + timeout);
        }
    }

    @Override
    public String toString() {
        return "RerankSettings[baseUrl=" + baseUrl + ", model=" + model + ", timeout=" + timeout + "]";
    }
}
