package io.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The names of the settings in the environment are part of the contract; so are the defaults. */
class SettingNamesTest {

    @ParameterizedTest
    @CsvSource({
        "SWITCHBOARD_DATA_DIR, switchboard.data-dir",
        "SWITCHBOARD_DB_URL, switchboard.db.url",
        "SWITCHBOARD_DB_USER, switchboard.db.user",
        "SWITCHBOARD_DB_PASSWORD, switchboard.db.password",
        "SWITCHBOARD_DB_PGVECTOR, switchboard.db.pgvector",
        "SWITCHBOARD_VECTOR_STORE, switchboard.vector-store",
        "SWITCHBOARD_QDRANT_URL, switchboard.qdrant.url",
        "SWITCHBOARD_QDRANT_API_KEY, switchboard.qdrant.api-key",
        "SWITCHBOARD_LLM_PROVIDER, switchboard.llm.provider",
        "SWITCHBOARD_LLM_BASE_URL, switchboard.llm.base-url",
        "SWITCHBOARD_LLM_API_KEY, switchboard.llm.api-key",
        "SWITCHBOARD_LLM_MODEL, switchboard.llm.model",
        "SWITCHBOARD_LLM_TIMEOUT, switchboard.llm.timeout",
        "SWITCHBOARD_LLM_DEADLINE, switchboard.llm.deadline",
        "SWITCHBOARD_LLM_ATTEMPTS, switchboard.llm.attempts",
        "SWITCHBOARD_LLM_PAUSE, switchboard.llm.pause",
        "SWITCHBOARD_LLM_MAX_CALLS, switchboard.llm.max-calls",
        "SWITCHBOARD_LLM_MAX_CALLS_PER_TENANT, switchboard.llm.max-calls-per-tenant",
        "SWITCHBOARD_EMBEDDING_PROVIDER, switchboard.embedding.provider",
        "SWITCHBOARD_EMBEDDING_BASE_URL, switchboard.embedding.base-url",
        "SWITCHBOARD_EMBEDDING_API_KEY, switchboard.embedding.api-key",
        "SWITCHBOARD_EMBEDDING_DIMENSION, switchboard.embedding.dimension",
        "SWITCHBOARD_RERANK_BASE_URL, switchboard.rerank.base-url",
        "SWITCHBOARD_RERANK_API_KEY, switchboard.rerank.api-key",
        "SWITCHBOARD_RERANK_MODEL, switchboard.rerank.model",
        "SWITCHBOARD_RERANK_TIMEOUT, switchboard.rerank.timeout",
        "SWITCHBOARD_TRANSCRIPTION_BASE_URL, switchboard.transcription.base-url",
        "SWITCHBOARD_TRANSCRIPTION_API_KEY, switchboard.transcription.api-key",
        "SWITCHBOARD_TRANSCRIPTION_MODEL, switchboard.transcription.model",
        "SWITCHBOARD_TRANSCRIPTION_TIMEOUT, switchboard.transcription.timeout",
        "SWITCHBOARD_VISION_BASE_URL, switchboard.vision.base-url",
        "SWITCHBOARD_VISION_API_KEY, switchboard.vision.api-key",
        "SWITCHBOARD_VISION_MODEL, switchboard.vision.model",
        "SWITCHBOARD_VISION_TIMEOUT, switchboard.vision.timeout",
        "SWITCHBOARD_PUBLIC_URL, switchboard.public-url",
        "SWITCHBOARD_META_BASE_URL, switchboard.meta.base-url",
        "SWITCHBOARD_META_MESSAGES_PER_SECOND, switchboard.meta.messages-per-second",
        "SWITCHBOARD_META_PAIR_INTERVAL, switchboard.meta.pair-interval",
        "SWITCHBOARD_TWILIO_BASE_URL, switchboard.twilio.base-url",
        "SWITCHBOARD_TWILIO_MESSAGES_PER_SECOND, switchboard.twilio.messages-per-second",
        "SWITCHBOARD_TWILIO_CATCH_UP, switchboard.twilio.catch-up",
        "SWITCHBOARD_WAHA_MESSAGES_PER_SECOND, switchboard.waha.messages-per-second",
        "SWITCHBOARD_WAHA_CATCH_UP, switchboard.waha.catch-up",
        "SWITCHBOARD_WEBHOOK_LOG_KEEP, switchboard.webhook-log.keep",
        "SWITCHBOARD_LIMITS_API_PER_ADDRESS, switchboard.limits.api-per-address",
        "SWITCHBOARD_LIMITS_API_PER_TENANT, switchboard.limits.api-per-tenant",
        "SWITCHBOARD_LIMITS_FAILED_SIGN_INS, switchboard.limits.failed-sign-ins",
        "SWITCHBOARD_LIMITS_BAD_DELIVERIES, switchboard.limits.bad-deliveries",
        "SWITCHBOARD_LIMITS_TRUSTED_PROXIES, switchboard.limits.trusted-proxies",
        "SWITCHBOARD_SMTP_HOST, switchboard.smtp.host",
        "SWITCHBOARD_SMTP_PORT, switchboard.smtp.port",
        "SWITCHBOARD_SMTP_USER, switchboard.smtp.user",
        "SWITCHBOARD_SMTP_PASSWORD, switchboard.smtp.password",
        "SWITCHBOARD_SMTP_FROM, switchboard.smtp.from",
        "SWITCHBOARD_SMTP_SECURITY, switchboard.smtp.security",
        "SWITCHBOARD_OIDC_ISSUER, switchboard.oidc.issuer",
        "SWITCHBOARD_OIDC_CLIENT_ID, switchboard.oidc.client-id",
        "SWITCHBOARD_OIDC_CLIENT_SECRET, switchboard.oidc.client-secret",
        "SWITCHBOARD_MASTER_KEY, switchboard.master-key",
        "SWITCHBOARD_PREVIOUS_MASTER_KEY, switchboard.previous-master-key",
        "SWITCHBOARD_OPERATOR_EMAIL, switchboard.operator.email",
        "SWITCHBOARD_OPERATOR_PASSWORD, switchboard.operator.password",
        "SWITCHBOARD_DEMO, switchboard.demo",
        "SWITCHBOARD_ALLOW_PRIVATE_NETWORKS, switchboard.allow-private-networks",
        "SWITCHBOARD_MAX_FILE_SIZE, switchboard.max-file-size"
    })
    void reads_each_setting_from_the_environment(String name, String property) {
        assertThat(binder(Map.of(name, "value")).bind(property, String.class).get())
                .isEqualTo("value");
    }

    @Test
    void fills_the_installation_from_the_environment() {
        InstallationSettings settings = binder(Map.of(
                        "SWITCHBOARD_DATA_DIR", "/srv/switchboard",
                        "SWITCHBOARD_PUBLIC_URL", "https://bots.example.org",
                        "SWITCHBOARD_MASTER_KEY", "key",
                        "SWITCHBOARD_DEMO", "true",
                        "SWITCHBOARD_ALLOW_PRIVATE_NETWORKS", "true"))
                .bindOrCreate("switchboard", InstallationSettings.class);

        assertThat(settings)
                .isEqualTo(new InstallationSettings(
                        Path.of("/srv/switchboard"), URI.create("https://bots.example.org"), "key", null, true, true));
    }

    @Test
    void needs_no_setting_at_all() {
        assertThat(binder(Map.of()).bindOrCreate("switchboard", InstallationSettings.class))
                .isEqualTo(new InstallationSettings(Path.of("data"), null, null, null, false, false));
    }

    private static Binder binder(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment);
    }
}
