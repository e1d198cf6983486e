package io.switchboard.models;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model that describes pictures; off without an address.
 *
 * @param baseUrl of an endpoint with OpenAI's API, for example https://api.openai.com/v1; null: none
 * @param timeout of one picture, 1 s to 5 min
 */
@ConfigurationProperties("switchboard.vision")
record VisionSettings(
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @DefaultValue("30s") Duration timeout) {

    VisionSettings {
        Endpoints.requireFileModel("SWITCHBOARD_VISION", baseUrl, model, timeout);
    }

    @Override
    public String toString() {
        return "VisionSettings[baseUrl=" + baseUrl + ", model=" + model + ", timeout=" + timeout + "]";
    }
}
