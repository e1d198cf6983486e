package io.switchboard.outbound;

import io.switchboard.outbound.Fetching.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The only way to an address that a tenant typed. It sends nothing of ours along but the address itself, follows redirects only after
 * checking each, and ends when the answer gets too large or takes too long, however cleverly it is served.
 */
public final class OutboundFetcher implements AutoCloseable {

    private static final String ROBOTS = "X-Robots-Tag";
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_HEADER_LENGTH = 16 * 1024;
    private static final String PRIVATE =
            "The address leads into a network that is closed to tenants. The operator can open private networks.";

    private final AddressPolicy policy;
    private final OutboundPatience patience;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outbound-deadlines").daemon().factory());

    OutboundFetcher(HostResolver resolver, AddressPolicy policy, TlsSocketStrategy tls, OutboundPatience patience) {
        this.policy = policy;
        this.patience = patience;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver(resolver, policy))
                        .setTlsSocketStrategy(tls)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .setMaxLineLength(MAX_HEADER_LENGTH)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(patience.connect()))
                                .setSocketTimeout(Timeout.of(patience.silence()))
                                .build())
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Switchboard")
                .build();
    }

    /** Takes the answer while it arrives. */
    @FunctionalInterface
    public interface Body {

        /** @throws IOException also the one that reading threw, so that the fetch ends */
        void take(String mediaType, InputStream bytes) throws IOException;
    }

    /** Carries a problem through the code that reads the body. */
    private static final class Ended extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Fetching.Failed failure;

        Ended(Fetching.Failed failure) {
            super(failure.reason());
            this.failure = failure;
        }
    }

    /**
     * Reads a page or file.
     *
     * @param maxBytes of the answer, after decompression
     * @throws IOException only what {@code body} itself failed with
     */
    public Fetching fetch(WebAddress typed, long maxBytes, Body body) throws IOException {
        long deadline = System.nanoTime() + patience.total().toNanos();
        WebAddress address = typed;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            Step step = request(address, Validators.NONE, maxBytes, deadline, body);
            switch (step) {
                case Step.Done(var outcome) -> {
                    return outcome;
                }
                case Step.Same _ -> throw new IllegalStateException("nothing was known of the page");
                case Step.Onward(var location) -> {
                    switch (address.resolve(location)) {
                        case WebAddress.Parsing.Good(var next) -> address = next;
                        case WebAddress.Parsing.Bad(var reason) -> {
                            return elsewhere(reason);
                        }
                    }
                }
            }
        }
        return failed(
                Problem.TOO_MANY_REDIRECTS,
                "The page sends its readers on and on, more than " + MAX_REDIRECTS + " times.");
    }

    /**
     * Reads a page as a crawler does: without following it elsewhere, and only if it has changed.
     *
     * @param known what the page's site told when it was read last
     * @param maxBytes of the answer, after decompression
     * @throws IOException only what {@code body} itself failed with
     */
    public Visiting visit(WebAddress address, Validators known, long maxBytes, Body body) throws IOException {
        long deadline = System.nanoTime() + patience.total().toNanos();
        return switch (request(address, known, maxBytes, deadline, body)) {
            case Step.Done(var outcome) -> new Visiting.Answered(outcome);
            case Step.Same _ -> new Visiting.Unchanged();
            case Step.Onward(var location) ->
                switch (address.resolve(location)) {
                    case WebAddress.Parsing.Good(var next) -> new Visiting.Moved(next);
                    case WebAddress.Parsing.Bad(var reason) -> new Visiting.Answered(elsewhere(reason));
                };
        };
    }

    private static Fetching.Failed elsewhere(String reason) {
        return failed(Problem.NOT_ALLOWED, "The page sends its readers on to an address that " + reason + ".");
    }

    private sealed interface Step {

        record Done(Fetching outcome) implements Step {}

        record Same() implements Step {}

        record Onward(String location) implements Step {}
    }

    private Step request(WebAddress address, Validators known, long maxBytes, long deadline, Body body)
            throws IOException {
        if (!policy.allowsPort(address.port())) {
            return new Step.Done(failed(Problem.NOT_ALLOWED, "The port " + address.port() + " is closed to tenants."));
        }
        HttpGet request = new HttpGet(address.target());
        request.setHeader(HttpHeaders.ACCEPT, "text/html,application/xhtml+xml,application/pdf,*/*;q=0.5");
        if (known.etag() != null) {
            request.setHeader(HttpHeaders.IF_NONE_MATCH, known.etag());
        }
        if (known.lastModified() != null) {
            request.setHeader(HttpHeaders.IF_MODIFIED_SINCE, known.lastModified());
        }
        AtomicBoolean expired = new AtomicBoolean();
        BodyFailure bodyFailure = new BodyFailure();
        Future<?> watch = deadlines.schedule(
                () -> {
                    expired.set(true);
                    request.cancel();
                },
                deadline - System.nanoTime(),
                TimeUnit.NANOSECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(
                    new HttpHost(address.scheme(), address.hostName(), address.port()), request, null);
            try {
                return answer(response, address, !known.equals(Validators.NONE), maxBytes, body, bodyFailure);
            } finally {
                cut(request, response);
            }
        } catch (IOException | RuntimeException e) {
            if (bodyFailure.cause != null && !expired.get()) {
                throw bodyFailure.cause;
            }
            return new Step.Done(expired.get() ? slow() : explain(e, address));
        } finally {
            watch.cancel(false);
        }
    }

    /** Closing a response would read its rest, which may be what its sender wants; so the connection goes first. */
    private static void cut(HttpGet request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException _) {
            // it was open in the middle of an answer that nobody wants
        }
    }

    /** What the taker of the body failed with for reasons of its own. */
    private static final class BodyFailure {

        private @Nullable IOException cause;
    }

    private Step answer(
            ClassicHttpResponse response,
            WebAddress address,
            boolean asked,
            long maxBytes,
            Body body,
            BodyFailure bodyFailure)
            throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (status >= 300 && status < 400 && location != null) {
            return new Step.Onward(location.getValue());
        }
        if (status == 304 && asked) {
            return new Step.Same();
        }
        HttpEntity entity = response.getEntity();
        if (status != 200 || entity == null) {
            return new Step.Done(failed(problem(status), "The site answered with status " + status + "."));
        }
        if (entity.getContentLength() > maxBytes) {
            return new Step.Done(tooLarge(maxBytes));
        }
        String mediaType = mediaType(entity.getContentType());
        BoundedInputStream bounded =
                new BoundedInputStream(entity.getContent(), maxBytes, () -> new Ended(tooLarge(maxBytes)));
        try {
            body.take(mediaType, bounded);
        } catch (IOException e) {
            IOException failure = bounded.failure();
            if (failure == null) {
                bodyFailure.cause = e;
            }
            throw failure == null ? e : failure;
        }
        Validators validators =
                new Validators(header(response, HttpHeaders.ETAG), header(response, HttpHeaders.LAST_MODIFIED));
        List<String> robots = Arrays.stream(response.getHeaders(ROBOTS))
                .map(Header::getValue)
                .filter(Objects::nonNull)
                .toList();
        return new Step.Done(new Fetching.Fetched(address, mediaType, bounded.count(), validators, robots));
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404, 410 -> Problem.GONE;
            case 429 -> Problem.BUSY;
            default -> status >= 500 ? Problem.BUSY : Problem.STATUS;
        };
    }

    private static String mediaType(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}") ? type : "application/octet-stream";
    }

    private static Fetching.Failed explain(Exception e, WebAddress address) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Ended ended -> {
                    return ended.failure;
                }
                case CheckedResolver.NotAllowed _ -> {
                    return failed(Problem.NOT_ALLOWED, PRIVATE);
                }
                case UnknownHostException _ -> {
                    return failed(Problem.UNREACHABLE, "There is no host named " + address.hostName() + ".");
                }
                case SocketTimeoutException _ -> {
                    return slow();
                }
                case SSLException _ -> {
                    return failed(
                            Problem.UNREACHABLE, "The certificate of " + address.hostName() + " cannot be trusted.");
                }
                default -> {}
            }
        }
        return failed(Problem.UNREACHABLE, "The site " + address.hostName() + " cannot be reached, or breaks off.");
    }

    private static Fetching.Failed slow() {
        return failed(Problem.TOO_SLOW, "The site took too long to answer, so it was given up.");
    }

    private static Fetching.Failed tooLarge(long maxBytes) {
        return failed(Problem.TOO_LARGE, "The page has more than " + maxBytes + " bytes, which is the limit.");
    }

    private static Fetching.Failed failed(Problem problem, String reason) {
        return new Fetching.Failed(problem, reason);
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
