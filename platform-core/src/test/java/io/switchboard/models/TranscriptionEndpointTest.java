package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TranscriptionEndpointTest extends FileModelContract {

    @Test
    void sends_the_recording_as_a_form_and_reads_its_words() throws Exception {
        answers("When do you open?");
        Opened opened = open(provider.address(), Duration.ofSeconds(20));
        try (AutoCloseable _ = opened.endpoint()) {
            byte[] sound = "OggS and so on".getBytes(StandardCharsets.UTF_8);
            assertThat(opened.reader().read(TenantId.next(), sound, "audio/opus"))
                    .isEqualTo("When do you open?");
        }

        FakeProvider.Received request = provider.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/audio/transcriptions");
        assertThat(request.key()).contains("secret");
        assertThat(request.body())
                .contains("name=\"model\"\r\n\r\nears\r\n", "filename=\"recording.ogg\"", "OggS and so on\r\n--");
    }

    @Override
    Opened open(URI baseUrl, Duration timeout) {
        TranscriptionEndpoint endpoint = new TranscriptionEndpoint(baseUrl, "secret", "ears", timeout);
        return new Opened(endpoint, endpoint);
    }

    @Override
    String mediaType() {
        return "audio/mpeg";
    }

    @Override
    void answers(String words) {
        provider.answers(200, "{\"text\": \"" + words + "\"}");
    }

    @Override
    String prefix() {
        return "SWITCHBOARD_TRANSCRIPTION";
    }

    @Override
    Record settings(@Nullable URI baseUrl, @Nullable String apiKey, @Nullable String model, Duration timeout) {
        return new TranscriptionSettings(baseUrl, apiKey, model, timeout);
    }
}
