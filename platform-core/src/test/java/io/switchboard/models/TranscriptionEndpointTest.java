package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.TranscriberException;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptionEndpointTest {

    private static final byte[] SOUND = "OggS and so on".getBytes(StandardCharsets.UTF_8);

    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void sends_the_recording_as_a_form_and_reads_its_words() {
        provider.answers(200, "{\"text\": \"When do you open?\"}");
        try (TranscriptionEndpoint endpoint = endpoint(Duration.ofSeconds(20))) {
            assertThat(endpoint.transcribe(TenantId.next(), SOUND, "audio/opus"))
                    .isEqualTo("When do you open?");
        }

        FakeProvider.Received request = provider.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/audio/transcriptions");
        assertThat(request.key()).contains("secret");
        assertThat(request.body())
                .contains("name=\"model\"\r\n\r\nears\r\n", "filename=\"recording.ogg\"", "OggS and so on\r\n--");
    }

    @ParameterizedTest
    @CsvSource({"503, true", "429, true", "401, false", "400, false"})
    void says_whether_another_try_makes_sense(int status, boolean passing) {
        provider.answers(status, "{}");
        try (TranscriptionEndpoint endpoint = endpoint(Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> endpoint.transcribe(TenantId.next(), SOUND, "audio/mpeg"))
                    .isInstanceOfSatisfying(
                            TranscriberException.class,
                            e -> assertThat(e.passing()).isEqualTo(passing));
        }
        assertThat(provider.received()).as("one try").hasSize(1);
    }

    @Test
    void gives_up_on_one_that_never_answers() {
        provider.hangs();
        try (TranscriptionEndpoint endpoint = endpoint(Duration.ofMillis(200))) {
            assertThatThrownBy(() -> endpoint.transcribe(TenantId.next(), SOUND, "audio/mpeg"))
                    .isInstanceOfSatisfying(
                            TranscriberException.class,
                            e -> assertThat(e.passing()).isTrue());
        }
    }

    @Test
    void names_the_setting_that_is_wrong() {
        URI base = URI.create("http://127.0.0.1:1/v1");
        Duration time = Duration.ofSeconds(30);
        assertThat(new TranscriptionSettings(null, null, null, time).baseUrl()).isNull();
        assertThat(new TranscriptionSettings(base, "secret", "m", time).toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> new TranscriptionSettings(base, null, " ", time))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_TRANSCRIPTION_MODEL");
        assertThatThrownBy(() -> new TranscriptionSettings(null, null, "m", time))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_TRANSCRIPTION_BASE_URL");
        assertThatThrownBy(() -> new TranscriptionSettings(URI.create("ftp://x"), null, "m", time))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_TRANSCRIPTION_BASE_URL");
        assertThatThrownBy(() -> new TranscriptionSettings(base, null, "m", Duration.ZERO))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_TRANSCRIPTION_TIMEOUT");
    }

    private TranscriptionEndpoint endpoint(Duration timeout) {
        return new TranscriptionEndpoint(provider.address(), "secret", "ears", timeout);
    }
}
