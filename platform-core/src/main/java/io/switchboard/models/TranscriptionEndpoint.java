package io.switchboard.models;

import io.switchboard.answering.MediaReader;
import io.switchboard.kernel.TenantId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/**
 * Transcribes through {@code POST …/audio/transcriptions} as OpenAI has it
 * (https://platform.openai.com/docs/api-reference/audio/createTranscription), and with it whisper.cpp, vLLM, LocalAI and Groq.
 */
final class TranscriptionEndpoint implements MediaReader, AutoCloseable {

    private static final JsonPointer TEXT = JsonPointer.compile("/text");

    private final String model;
    private final FileModel endpoint;

    TranscriptionEndpoint(URI baseUrl, @Nullable String apiKey, String model, Duration timeout) {
        this.model = model;
        this.endpoint =
                new FileModel("transcription model " + model, baseUrl, "/audio/transcriptions", apiKey, timeout);
    }

    @Override
    public Sense sense() {
        return Sense.HEARING;
    }

    @Override
    public String read(TenantId tenant, byte[] recording, String mediaType) {
        String boundary = "switchboard-" + UUID.randomUUID();
        return endpoint.ask(
                tenant, "multipart/form-data; boundary=" + boundary, body(boundary, recording, mediaType), TEXT);
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

    @Override
    public void close() {
        endpoint.close();
    }
}
