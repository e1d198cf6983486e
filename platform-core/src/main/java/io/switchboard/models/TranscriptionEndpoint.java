package io.switchboard.models;

import io.switchboard.answering.Transcriber;
import io.switchboard.answering.TranscriberException;
import io.switchboard.kernel.TenantId;
import io.switchboard.models.ProviderException.Kind;
import io.switchboard.outbound.ProviderClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transcribes through {@code POST …/audio/transcriptions} as OpenAI has it
 * (https://platform.openai.com/docs/api-reference/audio/createTranscription), and with it whisper.cpp, vLLM, LocalAI and Groq. One that
 * keeps failing is left alone for a while, per tenant.
 */
final class TranscriptionEndpoint implements Transcriber, AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int CALLS_AT_ONCE = 1_000;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final ProviderClient client = new ProviderClient(Duration.ofSeconds(3));
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final @Nullable String apiKey;
    private final String model;
    private final Duration timeout;
    private final ProviderCalls calls;

    TranscriptionEndpoint(URI baseUrl, @Nullable String apiKey, String model, Duration timeout) {
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/audio/transcriptions");
        this.apiKey = apiKey;
        this.model = model;
        this.timeout = timeout;
        this.calls = new ProviderCalls("transcription model " + model, CALLS_AT_ONCE, CALLS_AT_ONCE, PAUSE);
    }

    @Override
    public String transcribe(TenantId tenant, byte[] recording, String mediaType) {
        try {
            return calls.call(tenant, new Patience(timeout, timeout, 1), () -> ask(recording, mediaType));
        } catch (ProviderException e) {
            boolean passing = e.kind() == Kind.PASSING || e.kind() == Kind.NOT_ASKED;
            throw new TranscriberException(
                    "transcription model " + model + " failed: " + e.getMessage(),
                    passing,
                    e.retryAfter().orElse(null),
                    e);
        }
    }

    private String ask(byte[] recording, String mediaType) throws IOException {
        String boundary = "switchboard-" + UUID.randomUUID();
        return text(ProviderHttp.text(client.send(
                "POST",
                address,
                ProviderHttp.headers("multipart/form-data; boundary=" + boundary, apiKey),
                body(boundary, recording, mediaType),
                timeout,
                LONGEST_ANSWER)));
    }

    /** Endpoints tell the format by the ending of the file's name. */
    private byte[] body(String boundary, byte[] recording, String mediaType) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(recording.length + 1024);
        body.writeBytes(field(boundary, "model", model));
        body.writeBytes(field(boundary, "response_format", "json"));
        body.writeBytes(
                utf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"recording."
                        + ending(mediaType) + "\"\r\nContent-Type: " + mediaType + "\r\n\r\n"));
        body.writeBytes(recording);
        body.writeBytes(utf8("\r\n--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    private static byte[] field(String boundary, String name, String value) {
        return utf8(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String ending(String mediaType) {
        return switch (mediaType) {
            case "audio/mpeg" -> "mp3";
            case "audio/mp4" -> "m4a";
            case "video/mp4", "application/mp4", "video/quicktime", "video/3gpp" -> "mp4";
            case "audio/vnd.wave" -> "wav";
            case "audio/x-flac" -> "flac";
            case "video/webm" -> "webm";
            case "audio/amr" -> "amr";
            case "audio/x-aac" -> "aac";
            default -> "ogg";
        };
    }

    private String text(String body) throws IOException {
        try {
            JsonNode text = json.readTree(body).path("text");
            if (text.isString()) {
                return text.asString();
            }
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
        throw new IOException("no text");
    }

    @Override
    public void close() {
        calls.close();
    }
}
