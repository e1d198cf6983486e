package io.switchboard.outbound;

import io.switchboard.installation.InstallationSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks providers, whose addresses the operator or their documentation names. One call is one request: nothing is repeated, redirected or
 * remembered. Blocks its thread, which should be a virtual one; interrupting that gives the call up.
 */
public final class ProviderClient {

    /** More calls at once than any cap above lets through. */
    private static final int MOST_CONNECTIONS = 4096;

    /** Shorter than providers keep a silent connection, so that a request rarely meets one that is being closed. */
    private static final TimeValue KEPT_SILENT = TimeValue.ofSeconds(20);

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("provider-deadlines").daemon().factory());

    private final CloseableHttpClient client;

    private final IntPredicate allowsPort;

    /** @param connectLimit for each address that a name stands for */
    public ProviderClient(Duration connectLimit) {
        this(connectLimit, SystemDefaultDnsResolver.INSTANCE, ProxySelector.getDefault(), port -> true);
    }

    /**
     * One for addresses that tenants typed: it connects only where tenants may send us, and without the machine's proxy, which would look
     * the name up once more.
     */
    public static ProviderClient ofTenants(Duration connectLimit, InstallationSettings installation) {
        AddressPolicy policy = OutboundConfiguration.policy(installation);
        return new ProviderClient(
                connectLimit, new CheckedResolver(InetAddress::getAllByName, policy), null, policy::allowsPort);
    }

    private ProviderClient(
            Duration connectLimit, DnsResolver resolver, @Nullable ProxySelector proxies, IntPredicate allowsPort) {
        this.allowsPort = allowsPort;
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connectLimit))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setDefaultKeepAlive(KEPT_SILENT.getDuration(), KEPT_SILENT.getTimeUnit())
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Switchboard");
        if (proxies != null) {
            builder.setProxySelector(proxies);
        }
        this.client = builder.build();
    }

    /** @param headers by name, whose case does not matter; of several with one name the first */
    public record Response(int status, Map<String, String> headers, byte[] body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Nothing of the request has left. */
    public static final class UnreachableException extends IOException {

        private static final long serialVersionUID = 1L;

        UnreachableException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Nothing has left: tenants may not send us there. */
    public static final class NotAllowedException extends IOException {

        private static final long serialVersionUID = 1L;

        NotAllowedException() {
            super("the address leads into a network or to a port that is closed to tenants");
        }
    }

    /** The answer had not ended when the limit was over. */
    public static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException(Duration limit, IOException cause) {
            super("no answer within " + limit.toMillis() + " ms", cause);
        }
    }

    /** The answer did not end within the bytes that were wanted. */
    public static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(int longest) {
            super("the answer is longer than " + longest + " bytes");
        }
    }

    /**
     * Sends one request and reads the answer.
     *
     * @param body null for none
     * @param limit for all of it, however slowly the answer trickles in
     * @param longestBody of the answer in bytes; a longer one fails
     * @throws NotAllowedException if the address is a tenant's and leads where tenants may not send us
     * @throws UnreachableException if no connection was made
     * @throws TooSlowException if the limit ended it
     * @throws TooLongException if the answer is longer than {@code longestBody}
     * @throws InterruptedIOException if the thread was interrupted
     * @throws IOException if the connection broke off: the provider may have got the request
     */
    public Response send(
            String method,
            URI address,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration limit,
            int longestBody)
            throws IOException {
        return exchange(method, address, headers, body, limit, response -> read(response, longestBody));
    }

    /** Reads an answer while it comes. */
    @FunctionalInterface
    public interface BodyReader {
        void read(InputStream body) throws IOException;
    }

    /**
     * As {@link #send}, for an answer that is worth reading before its end.
     *
     * @param reader is given the body of an answer of 2xx, which then has none here; any other comes whole
     */
    public Response stream(
            String method,
            URI address,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration limit,
            int longestBody,
            BodyReader reader)
            throws IOException {
        return exchange(method, address, headers, body, limit, response -> {
            HttpEntity entity = response.getEntity();
            if (response.getCode() / 100 != 2 || entity == null) {
                return read(response, longestBody);
            }
            reader.read(
                    new BoundedInputStream(entity.getContent(), longestBody, () -> new TooLongException(longestBody)));
            return new Response(response.getCode(), headers(response), new byte[0]);
        });
    }

    private Response exchange(
            String method,
            URI address,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration limit,
            HttpClientResponseHandler<Response> handler)
            throws IOException {
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        if (!allowsPort.test(port)) {
            throw new NotAllowedException();
        }
        HttpUriRequestBase request = new HttpUriRequestBase(method, address);
        headers.forEach(request::setHeader);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        ScheduledFuture<?> deadline = DEADLINES.schedule(request::cancel, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return client.execute(request, handler);
        } catch (CheckedResolver.NotAllowed _) {
            throw new NotAllowedException();
        } catch (ConnectException | ConnectTimeoutException | UnknownHostException e) {
            throw new UnreachableException(e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            }
            throw request.isCancelled() ? new TooSlowException(limit, e) : e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static InterruptedIOException interrupted(IOException cause) {
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for the answer");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static Response read(ClassicHttpResponse response, int longestBody) throws IOException {
        return new Response(response.getCode(), headers(response), body(response.getEntity(), longestBody));
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return headers;
    }

    private static byte[] body(@Nullable HttpEntity entity, int longest) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(longest);
            if (content.read() >= 0) {
                throw new TooLongException(longest);
            }
            return body;
        }
    }
}
