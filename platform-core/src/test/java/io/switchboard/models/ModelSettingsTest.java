package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import io.switchboard.retrieval.VectorStoreSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ModelSettingsTest {

    @Test
    void needs_neither_network_nor_key_unless_told() {
        assertThat(embedding(Map.of()).provider()).isEqualTo("in-process");
        assertThat(answers(Map.of()).provider()).isEqualTo("none");
        assertThat(new VectorStoreSettings("embedded").vectorStore()).isEqualTo("embedded");
    }

    @Test
    void reads_the_documented_names() {
        EmbeddingSettings embedding = embedding(Map.of(
                "SWITCHBOARD_EMBEDDING_PROVIDER", "openai",
                "SWITCHBOARD_EMBEDDING_BASE_URL", "http://127.0.0.1:1/v1",
                "SWITCHBOARD_EMBEDDING_MODEL", "m",
                "SWITCHBOARD_EMBEDDING_DIMENSION", "1536",
                "SWITCHBOARD_EMBEDDING_API_KEY", "secret"));
        AnswerModelSettings answers = answers(Map.of(
                "SWITCHBOARD_LLM_PROVIDER", "openai",
                "SWITCHBOARD_LLM_BASE_URL", "http://127.0.0.1:1/v1",
                "SWITCHBOARD_LLM_MODEL", "m",
                "SWITCHBOARD_LLM_API_KEY", "secret"));

        assertThat(embedding)
                .isEqualTo(new EmbeddingSettings("openai", URI.create("http://127.0.0.1:1/v1"), "secret", "m", 1536));
        assertThat(answers)
                .isEqualTo(new AnswerModelSettings("openai", URI.create("http://127.0.0.1:1/v1"), "secret", "m"));
        assertThat(embedding + " " + answers).doesNotContain("secret");
    }

    @Test
    void reads_how_patient_to_be_with_the_model() {
        CallSettings limits = limits(Map.of(
                "SWITCHBOARD_LLM_TIMEOUT", "20s",
                "SWITCHBOARD_LLM_DEADLINE", "50s",
                "SWITCHBOARD_LLM_ATTEMPTS", "2",
                "SWITCHBOARD_LLM_MAX_CALLS", "40",
                "SWITCHBOARD_LLM_MAX_CALLS_PER_TENANT", "8",
                "SWITCHBOARD_LLM_PAUSE", "5s"));

        assertThat(limits)
                .isEqualTo(new CallSettings(
                        Duration.ofSeconds(20), Duration.ofSeconds(50), 2, 40, 8, Duration.ofSeconds(5)));
        assertThat(limits(Map.of()))
                .isEqualTo(new CallSettings(
                        Duration.ofSeconds(30), Duration.ofSeconds(60), 3, 1000, 250, Duration.ofSeconds(10)));
    }

    @Test
    void names_the_limit_that_is_wrong() {
        Duration fine = Duration.ofSeconds(1);
        Duration wrong = Duration.ofMillis(1);
        assertRefused("SWITCHBOARD_LLM_TIMEOUT", () -> new CallSettings(wrong, fine, 1, 1, 1, fine));
        assertRefused("SWITCHBOARD_LLM_DEADLINE", () -> new CallSettings(fine, Duration.ofHours(1), 1, 1, 1, fine));
        assertRefused("SWITCHBOARD_LLM_ATTEMPTS", () -> new CallSettings(fine, fine, 0, 1, 1, fine));
        assertRefused("SWITCHBOARD_LLM_MAX_CALLS", () -> new CallSettings(fine, fine, 1, 0, 1, fine));
        assertRefused("SWITCHBOARD_LLM_MAX_CALLS_PER_TENANT", () -> new CallSettings(fine, fine, 1, 1, 0, fine));
        assertRefused("SWITCHBOARD_LLM_PAUSE", () -> new CallSettings(fine, fine, 1, 1, 1, wrong));
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertRefused(
                "SWITCHBOARD_EMBEDDING_PROVIDER", () -> new EmbeddingSettings("word2vec", null, null, null, null));
        assertRefused("SWITCHBOARD_EMBEDDING_MODEL", () -> new EmbeddingSettings("openai", null, "k", " ", 3));
        assertRefused("SWITCHBOARD_EMBEDDING_DIMENSION", () -> new EmbeddingSettings("ollama", null, null, "m", null));
        assertRefused("SWITCHBOARD_EMBEDDING_API_KEY", () -> new EmbeddingSettings("openai", null, null, "m", 3));
        assertRefused(
                "SWITCHBOARD_EMBEDDING_BASE_URL",
                () -> new EmbeddingSettings("openai", URI.create("ftp://x"), "k", "m", 3));
        assertRefused("SWITCHBOARD_LLM_PROVIDER", () -> new AnswerModelSettings("eliza", null, null, "m"));
        assertRefused("SWITCHBOARD_LLM_MODEL", () -> new AnswerModelSettings("openai", null, "k", null));
        assertRefused("SWITCHBOARD_LLM_API_KEY", () -> new AnswerModelSettings("anthropic", null, null, "m"));
        assertRefused(
                "SWITCHBOARD_LLM_BASE_URL", () -> new AnswerModelSettings("gemini", URI.create("nowhere"), "k", "m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pgvector", "filing-cabinet"})
    void refuses_a_vector_store_that_is_not_there(String store) {
        assertRefused("SWITCHBOARD_VECTOR_STORE", () -> new VectorStoreSettings(store));
    }

    private static void assertRefused(String setting, Runnable settings) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(setting + " ")
                .hasMessageNotContaining("\n");
    }

    private static EmbeddingSettings embedding(Map<String, Object> variables) {
        return binder(variables).bindOrCreate("switchboard.embedding", EmbeddingSettings.class);
    }

    private static AnswerModelSettings answers(Map<String, Object> variables) {
        return binder(variables).bindOrCreate("switchboard.llm", AnswerModelSettings.class);
    }

    private static CallSettings limits(Map<String, Object> variables) {
        return binder(variables).bindOrCreate("switchboard.llm", CallSettings.class);
    }

    private static Binder binder(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment);
    }
}
