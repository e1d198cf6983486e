package io.switchboard.models;

import io.switchboard.answering.MediaReaderException;
import io.switchboard.kernel.TenantId;
import io.switchboard.models.ProviderException.Kind;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model behind HTTP that is sent one file and answers with text. One that keeps failing is left alone for a while, per tenant. */
final class FileModel implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int CALLS_AT_ONCE = 1_000;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final ProviderClient client = new ProviderClient(Duration.ofSeconds(3));
    private final JsonMapper json = new JsonMapper();
    private final String name;
    private final URI address;
    private final @Nullable String apiKey;
    private final Duration timeout;
    private final ProviderCalls calls;

    /**
     * One try for each file.
     *
     * @param name for the log and errors
     * @param path below the base address
     */
    FileModel(String name, URI baseUrl, String path, @Nullable String apiKey, Duration timeout) {
        this.name = name;
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + path);
        this.apiKey = apiKey;
        this.timeout = timeout;
        this.calls = new ProviderCalls(name, CALLS_AT_ONCE, CALLS_AT_ONCE, PAUSE);
    }

    /**
     * The text at a place of the JSON that comes back.
     *
     * @throws MediaReaderException if there is none
     */
    String ask(TenantId tenant, String contentType, byte[] body, JsonPointer text) {
        try {
            return calls.call(tenant, new Patience(timeout, timeout, 1), () -> text(send(contentType, body), text));
        } catch (ProviderException e) {
            boolean passing = e.kind() == Kind.PASSING || e.kind() == Kind.NOT_ASKED;
            throw new MediaReaderException(
                    name + " failed: " + e.getMessage(), passing, e.retryAfter().orElse(null), e);
        }
    }

    private String send(String contentType, byte[] body) throws IOException {
        return ProviderHttp.text(
                client.send("POST", address, ProviderHttp.headers(contentType, apiKey), body, timeout, LONGEST_ANSWER));
    }

    private String text(String answer, JsonPointer place) throws IOException {
        try {
            JsonNode text = json.readTree(answer).at(place);
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
