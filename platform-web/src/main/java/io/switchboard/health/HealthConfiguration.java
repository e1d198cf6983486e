package io.switchboard.health;

import io.switchboard.answering.AnswerModel;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkStores;
import io.switchboard.retrieval.Embedder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    private static final TenantId NOBODY = new TenantId(new UUID(0, 0));

    @Bean
    HealthCheck healthCheck(
            JdbcClient jdbc, ChunkStores stores, Embedder embedder, ObjectProvider<AnswerModel> answerModel) {
        return new HealthCheck(List.of(
                new Dependency("database", true, () -> database(jdbc)),
                new Dependency("vector index", true, () -> index(stores)),
                new Dependency("embedder", false, () -> embedder(embedder)),
                new Dependency("model provider", false, () -> modelProvider(answerModel))));
    }

    private static Map<String, Object> database(JdbcClient jdbc) {
        return Map.of(
                "version",
                jdbc.sql("select current_setting('server_version')")
                        .query(String.class)
                        .single());
    }

    private static Map<String, Object> index(ChunkStores stores) {
        stores.chosen().size(NOBODY);
        return Map.of("store", stores.chosen().name(), "chosen", stores.reason());
    }

    private static Map<String, Object> embedder(Embedder embedder) {
        embedder.countTokens("health");
        return Map.of("model", embedder.model(), "dimension", embedder.dimension());
    }

    /** A provider is not called: each call would cost the operator money. */
    private static Map<String, Object> modelProvider(ObjectProvider<AnswerModel> provider) {
        AnswerModel model = provider.getIfAvailable();
        return model == null
                ? Map.of("model", "none", "note", "answers are quoted from the documents")
                : Map.of("model", model.name(), "note", "called for answers only, not by this check");
    }
}
