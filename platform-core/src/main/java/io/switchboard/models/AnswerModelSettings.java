package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model writes answers; without one, answers are quoted from the documents.
 *
 * @param provider {@code none}, {@code openai} for any OpenAI-compatible endpoint, {@code anthropic}, {@code gemini} or {@code ollama}
 * @param baseUrl of the endpoint; null: the provider's own
 */
@ConfigurationProperties("switchboard.llm")
record AnswerModelSettings(
        @DefaultValue("none") String provider,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model) {

    AnswerModelSettings {
        switch (provider) {
            case "none" -> {}
            case "openai", "anthropic", "gemini", "ollama" -> {
                Endpoints.requireSet("SWITCHBOARD_LLM_MODEL", model, provider);
                Endpoints.requireHttp("SWITCHBOARD_LLM_BASE_URL", baseUrl);
                if (!provider.equals("ollama") && baseUrl == null) {
                    Endpoints.requireSet("SWITCHBOARD_LLM_API_KEY", apiKey, provider);
                }
            }
            default ->
                throw new SettingException(
                        "SWITCHBOARD_LLM_PROVIDER",
                        "is one of openai (any OpenAI-compatible endpoint), anthropic, gemini, ollama and none, not "
                                + provider);
        }
    }

    @Override
    public String toString() {
        return "AnswerModelSettings[provider=" + provider + ", baseUrl=" + baseUrl + ", model=" + model + "]";
    }
}
