package io.switchboard.models;

import io.switchboard.answering.AnswerModel;
import io.switchboard.answering.MediaReader;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.Reranker;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EmbeddingSettings.class,
    AnswerModelSettings.class,
    CallSettings.class,
    RerankSettings.class,
    TranscriptionSettings.class,
    VisionSettings.class
})
class ModelsConfiguration {

    @Bean
    Embedder embedder(EmbeddingSettings settings) {
        return switch (settings.provider()) {
            case "openai" -> remoteEmbedder(settings, Endpoints.OPENAI);
            case "ollama" -> remoteEmbedder(settings, Endpoints.OLLAMA);
            default -> new InProcessEmbedder();
        };
    }

    /** The model inside this program can be had whatever the settings name. */
    @Bean
    ShippedEmbedder formerEmbedders() {
        return new ShippedEmbedder();
    }

    /** Null, and so no bean, without a provider: answers are quoted then. */
    @Bean
    @Nullable
    AnswerModel answerModel(AnswerModelSettings settings, CallSettings limits, Embedder embedder) {
        return settings.provider().equals("none") ? null : AnswerModels.of(settings, limits, embedder::countTokens);
    }

    /** Null, and so no bean, without an address: passages stay in the order of the search then. */
    @Bean
    @Nullable
    Reranker reranker(RerankSettings settings) {
        return settings.baseUrl() == null
                ? null
                : new RerankEndpoint(
                        settings.baseUrl(),
                        settings.apiKey(),
                        Objects.requireNonNull(settings.model()),
                        settings.timeout());
    }

    /** Null, and so no bean, without an address: recordings cannot be heard then. */
    @Bean
    @Nullable
    MediaReader transcription(TranscriptionSettings settings) {
        return settings.baseUrl() == null
                ? null
                : new TranscriptionEndpoint(
                        settings.baseUrl(),
                        settings.apiKey(),
                        Objects.requireNonNull(settings.model()),
                        settings.timeout());
    }

    /** Null, and so no bean, without an address: pictures cannot be seen then. */
    @Bean
    @Nullable
    MediaReader vision(VisionSettings settings) {
        return settings.baseUrl() == null
                ? null
                : new VisionEndpoint(
                        settings.baseUrl(),
                        settings.apiKey(),
                        Objects.requireNonNull(settings.model()),
                        settings.timeout());
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
