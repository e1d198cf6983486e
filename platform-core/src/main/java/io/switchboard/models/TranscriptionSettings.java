package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model that turns recordings into text; off without an address.
 *
 * @param baseUrl of an endpoint with OpenAI's API, for example https://api.openai.com/v1; null: none
 * @param timeout of one recording, 1 s to 5 min
 */
@ConfigurationProperties("switchboard.transcription")
record TranscriptionSettings(
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @DefaultValue("30s") Duration timeout) {

    TranscriptionSettings {
        Endpoints.requireHttp("SWITCHBOARD_TRANSCRIPTION_BASE_URL", baseUrl);
        boolean named = model != null && !model.isBlank();
        if (baseUrl != null && !named) {
            throw new SettingException(
                    "SWITCHBOARD_TRANSCRIPTION_MODEL", "is missing; SWITCHBOARD_TRANSCRIPTION_BASE_URL needs it");
        }
        if (baseUrl == null && named) {
            throw new SettingException(
                    "SWITCHBOARD_TRANSCRIPTION_BASE_URL",
                    "is missing; SWITCHBOARD_TRANSCRIPTION_MODEL needs it, for example https://api.openai.com/v1");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new SettingException("SWITCHBOARD_TRANSCRIPTION_TIMEOUT", "must be 1s to 5m, not " + timeout);
        }
    }

    @Override
    public String toString() {
        return "TranscriptionSettings[baseUrl=" + baseUrl + ", model=" + model + ", timeout=" + timeout + "]";
    }
}
