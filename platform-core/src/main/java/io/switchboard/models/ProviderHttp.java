package io.switchboard.models;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.outbound.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries the provider libraries' requests. In place of their own client, because that one throws the response's headers away, and with
 * them the time after which an overloaded provider wants to be asked again.
 */
final class ProviderHttp implements HttpClient {

    /** Far above any answer or batch of vectors, far below what hurts. */
    private static final int LONGEST_BODY = 32 << 20;

    private static final ProviderClient CLIENT = new ProviderClient(Duration.ofSeconds(10));

    /** Whoever calls gives up sooner; this ends what nobody waits for any more. */
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    /** A response other than 2xx. */
    static final class Refused extends HttpException {

        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        Refused(int status, String body, @Nullable Duration retryAfter) {
            super(status, body);
            this.retryAfter = retryAfter;
        }

        @Nullable
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Whoever calls sets the limit of time, so the libraries' own timeouts are of no effect. */
    static HttpClientBuilder builder() {
        return new Builder();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            ProviderClient.Response response = CLIENT.send(
                    request.method().name(),
                    URI.create(request.url()),
                    headers(request),
                    body(request),
                    AT_MOST,
                    LONGEST_BODY);
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.status())
                    .body(text(response))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] body(HttpRequest request) {
        return request.body() == null ? null : request.body().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What a provider answered.
     *
     * @throws Refused if it is no success
     */
    static String text(ProviderClient.Response response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.status() / 100 != 2) {
            throw new Refused(response.status(), body, RetryAfter.of(response).orElse(null));
        }
        return body;
    }

    /** @param apiKey null or blank where the endpoint asks for none */
    static Map<String, String> headers(String contentType, @Nullable String apiKey) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", contentType);
        headers.put("Accept", "application/json");
        if (apiKey != null && !apiKey.isBlank()) {
            headers.put("Authorization", "Bearer " + apiKey);
        }
        return headers;
    }

    private static Map<String, String> headers(HttpRequest request) {
        return request.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(", ", header.getValue())));
    }

    /** Returns when the answer has ended; whatever goes wrong is told to the listener. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            ProviderClient.Response response = CLIENT.stream(
                    request.method().name(),
                    URI.create(request.url()),
                    headers(request),
                    body(request),
                    AT_MOST,
                    LONGEST_BODY,
                    events -> parse(events, parser, listener));
            text(response);
            listener.onClose();
        } catch (IOException | HttpException e) {
            listener.onError(e);
        }
    }

    /** The parser tells the listener of a broken connection and returns; the connection must not be used again then. */
    private static void parse(InputStream events, ServerSentEventParser parser, ServerSentEventListener listener)
            throws IOException {
        listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).build());
        ReadFailure failure = new ReadFailure(listener);
        parser.parse(events, failure);
        if (failure.cause != null) {
            throw new IOException("the answer broke off", failure.cause);
        }
    }

    /** Keeps a failure to itself, so that it is told once, with the others. */
    private static final class ReadFailure implements ServerSentEventListener {

        private final ServerSentEventListener listener;
        private @Nullable Throwable cause;

        ReadFailure(ServerSentEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            listener.onEvent(event, context);
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            listener.onEvent(event);
        }

        @Override
        public void onError(Throwable error) {
            cause = error;
        }
    }

    private static final class Builder implements HttpClientBuilder {

        private @Nullable Duration connectTimeout;
        private @Nullable Duration readTimeout;

        @Override
        public @Nullable Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return readTimeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new ProviderHttp();
        }
    }
}
