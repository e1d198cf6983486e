package io.switchboard.probing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends cases to the program over HTTP; it speaks to this program only, at an address we know. */
final class HttpCaller {

    private static final String BOUNDARY = "isolation-check";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI address;
    private final ProviderSigner signer;

    HttpCaller(URI address) {
        this(address, null);
    }

    /** @param publicUrl what the program takes for its address in the world; null for the one it is called at */
    HttpCaller(URI address, @Nullable URI publicUrl) {
        this.address = address;
        this.signer = new ProviderSigner(publicUrl == null ? address : publicUrl);
    }

    /**
     * @param appSecret signs where the case says so
     * @param token null to come anonymously
     * @param tenant slug for {@code X-Tenant}; null for none
     * @param extra fields to add to the body
     */
    Answer call(
            EndpointCase known,
            Map<String, String> values,
            String appSecret,
            @Nullable String token,
            @Nullable String tenant,
            Map<String, String> extra) {
        ProviderSigner.Delivery delivery = known.bodyKind() == EndpointCase.BodyKind.SIGNED
                ? signer.sign(known.path(values), body(known, values, extra), appSecret)
                : new ProviderSigner.Delivery(body(known, values, extra), "application/json", Map.of());
        byte[] body = delivery.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(known.path(values)))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json;q=0.9, */*;q=0.1")
                .method(
                        known.method(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (known.isFile()) {
            request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        } else if (body.length > 0) {
            request.header("Content-Type", delivery.contentType());
        }
        delivery.headers().forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (tenant != null) {
            request.header("X-Tenant", tenant);
        }
        List<String> sent = Stream.concat(
                        Stream.ofNullable(tenant),
                        Stream.concat(
                                known.slots().stream().map(slot -> values.getOrDefault(slot.kind(), "")),
                                extra.values().stream()))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toList());
        try {
            return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(known + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + known, e);
        }
    }

    private static byte[] body(EndpointCase known, Map<String, String> values, Map<String, String> extra) {
        if (known.isFile()) {
            return ("--" + BOUNDARY
                            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"check.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                            + values.get("text") + "\r\n--" + BOUNDARY + "--\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
        String body = known.body(values);
        if (body == null) {
            return new byte[0];
        }
        String more = extra.entrySet().stream()
                .map(field -> ",\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining());
        return (body.substring(0, body.length() - 1) + more + "}").getBytes(StandardCharsets.UTF_8);
    }
}
