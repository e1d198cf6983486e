package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.MediaReader;
import io.switchboard.answering.MediaReaderException;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every model that is sent one file. */
abstract class FileModelContract {

    private static final byte[] FILE = "a file".getBytes(StandardCharsets.UTF_8);

    final FakeProvider provider = new FakeProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    /** @param endpoint to be closed */
    record Opened(MediaReader reader, AutoCloseable endpoint) {}

    abstract Opened open(URI baseUrl, Duration timeout);

    abstract String mediaType();

    /** What the endpoint answers if it has these words. */
    abstract void answers(String words);

    /** Of the settings' names. */
    abstract String prefix();

    abstract Record settings(@Nullable URI baseUrl, @Nullable String apiKey, @Nullable String model, Duration timeout);

    @ParameterizedTest
    @CsvSource({"503, true", "429, true", "401, false", "400, false"})
    void says_whether_another_try_makes_sense(int status, boolean passing) throws Exception {
        provider.answers(status, "{}");

        assertThat(failure(Duration.ofSeconds(20)).passing()).isEqualTo(passing);

        assertThat(provider.received()).as("one try").hasSize(1);
    }

    @Test
    void says_when_another_try_makes_sense() throws Exception {
        provider.answers(429, "{}", "Retry-After", "7");

        assertThat(failure(Duration.ofSeconds(20)).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[]", "{}", "{\"text\": 1, \"choices\": []}", "{\"choices\": [{\"message\": {}}]}"
            })
    void believes_no_nonsense(String body) throws Exception {
        provider.answers(200, body);

        assertThat(failure(Duration.ofSeconds(20)).passing()).isTrue();
    }

    @Test
    void gives_up_on_one_that_never_answers_and_on_one_that_never_ends() throws Exception {
        provider.hangs();
        provider.drips();

        assertThat(failure(Duration.ofMillis(200)).passing()).isTrue();
        assertThat(failure(Duration.ofMillis(200)).passing()).isTrue();
    }

    @Test
    void leaves_one_that_keeps_failing_alone_for_this_tenant_only() throws Exception {
        TenantId tenant = TenantId.next();
        Opened opened = open(provider.address(), Duration.ofSeconds(20));
        try (AutoCloseable _ = opened.endpoint()) {
            int asked = 0;
            while (provider.received().size() == asked && asked < 100) {
                provider.answers(503, "{}");
                asked++;
                assertThatThrownBy(() -> opened.reader().read(tenant, FILE, mediaType()))
                        .isInstanceOf(MediaReaderException.class);
            }
            assertThat(asked).isLessThan(100);
            provider.reset();
            answers("still there");

            assertThat(opened.reader().read(TenantId.next(), FILE, mediaType())).isEqualTo("still there");
        }
    }

    @Test
    void names_the_setting_that_is_wrong() {
        URI base = URI.create("http://127.0.0.1:1/v1");
        Duration time = Duration.ofSeconds(30);
        assertThat(settings(null, null, null, time).toString()).contains("baseUrl=null");
        assertThat(settings(base, "secret", "m", time).toString()).doesNotContain("secret");
        assertWrong("_MODEL", base, " ", time);
        assertWrong("_BASE_URL", null, "m", time);
        assertWrong("_BASE_URL", URI.create("ftp://x"), "m", time);
        assertWrong("_TIMEOUT", base, "m", Duration.ZERO);
        assertWrong("_TIMEOUT", base, "m", Duration.ofHours(1));
    }

    private void assertWrong(String setting, @Nullable URI baseUrl, String model, Duration timeout) {
        assertThatThrownBy(() -> settings(baseUrl, null, model, timeout))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(prefix() + setting);
    }

    private MediaReaderException failure(Duration timeout) throws Exception {
        Opened opened = open(provider.address(), timeout);
        try (AutoCloseable _ = opened.endpoint()) {
            opened.reader().read(TenantId.next(), FILE, mediaType());
        } catch (MediaReaderException e) {
            return e;
        }
        throw new AssertionError("no failure");
    }
}
