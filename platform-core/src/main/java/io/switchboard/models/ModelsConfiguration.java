package io.switchboard.models;

import io.switchboard.answering.AnswerModel;
import io.switchboard.retrieval.Embedder;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EmbeddingSettings.class, AnswerModelSettings.class, CallSettings.class})
class ModelsConfiguration {

    @Bean
    Embedder embedder(EmbeddingSettings settings) {
        return switch (settings.provider()) {
            case "openai" -> remoteEmbedder(settings, Endpoints.OPENAI);
            case "ollama" -> remoteEmbedder(settings, Endpoints.OLLAMA);
            default -> new InProcessEmbedder();
        };
    }

    /** Null, and so no bean, without a provider: answers are quoted then. */
    @Bean
    @Nullable
    AnswerModel answerModel(AnswerModelSettings settings, CallSettings limits, Embedder embedder) {
        return settings.provider().equals("none") ? null : AnswerModels.of(settings, limits, embedder::countTokens);
    }

    private static Embedder remoteEmbedder(EmbeddingSettings settings, URI standard) {
        return new OpenAiEmbedder(
                Objects.requireNonNullElse(settings.baseUrl(), standard),
                keyOrNone(settings.apiKey()),
                Objects.requireNonNull(settings.model()),
                Objects.requireNonNull(settings.dimension()),
                InProcessEmbedder.loadTokenizer());
    }

    private static String keyOrNone(@Nullable String apiKey) {
        return Objects.requireNonNullElse(apiKey, Endpoints.NO_KEY);
    }
}
