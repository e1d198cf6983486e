package io.switchboard.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.switchboard.outbound.Fetching.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist: ASVS 1.3.6, 13.2.5, 15.3.2, SSRF: connections to addresses that tenants typed, tried against a server on this machine. */
class OutboundFetcherTest {

    private static final long LIMIT = 1_000_000;
    private static final OutboundPatience SHORT =
            new OutboundPatience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3));

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger hits = new AtomicInteger();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private HttpServer server;
    private OutboundFetcher fetcher;

    /** As for the public, but "public" is 127.0.0.1 alone, so that redirects to the rest of the machine show. */
    private record OneHost(int port) implements AddressPolicy {

        @Override
        public boolean allows(InetAddress address) {
            return address.getHostAddress().equals("127.0.0.1") || new PublicOnly().allows(address);
        }

        @Override
        public boolean allowsPort(int asked) {
            return asked == port || new PublicOnly().allowsPort(asked);
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        names.put("site.example", "127.0.0.1");
        fetcher = fetcher(new OneHost(port()));
    }

    @AfterEach
    void close() throws IOException {
        fetcher.close();
        server.stop(0);
    }

    private OutboundFetcher fetcher(AddressPolicy policy) {
        return new OutboundFetcher(this::resolve, policy, DefaultClientTlsStrategy.createDefault(), SHORT);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        String address = names.get(host);
        if (address == null && !host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(address == null ? host : address);
    }

    @Test
    void reads_a_page_with_its_type_and_its_name_in_the_request() throws IOException {
        StringBuilder host = new StringBuilder();
        server.createContext("/page", exchange -> {
            host.append(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders().set("Content-Type", "Text/HTML; charset=utf-8");
            byte[] body = "<p>Hello</p>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        Fetching fetching = fetch("/page?q=1");

        assertThat(fetching).isEqualTo(new Fetching.Fetched(address("/page?q=1"), "text/html", 12));
        assertThat(taken).hasToString("<p>Hello</p>");
        assertThat(host).hasToString("site.example:" + port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[64:ff9b::7f00:1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.5/",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://[fd00::1]/",
                "http://127.0.0.1#@example.org/",
                "http://inside.example/"
            })
    void connects_to_nothing_private_however_it_is_written(String typed) throws IOException {
        names.put("localhost", "127.0.0.1");
        names.put("inside.example", "192.168.0.10");
        try (OutboundFetcher strict = fetcher(new AddressPolicy.PublicOnly())) {
            Fetching fetching = strict.fetch(parsed(typed), LIMIT, (type, bytes) -> bytes.transferTo(taken));

            assertThat(problem(fetching)).isEqualTo(Problem.NOT_ALLOWED);
            assertThat(((Fetching.Failed) fetching).reason())
                    .doesNotContain("192.168", "127.0", "169.254")
                    .endsWith(".");
        }
    }

    @Test
    void refuses_a_name_of_which_one_address_is_private() throws IOException {
        OutboundFetcher mixed = new OutboundFetcher(
                host -> new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.1")},
                new AddressPolicy.PublicOnly(),
                DefaultClientTlsStrategy.createDefault(),
                SHORT);
        try (mixed) {
            assertThat(problem(mixed.fetch(parsed("http://mixed.example/"), LIMIT, (type, bytes) -> {})))
                    .isEqualTo(Problem.NOT_ALLOWED);
        }
    }

    @Test
    void connects_to_the_address_it_checked_when_the_next_answer_would_be_another() throws IOException {
        serve("/page", "public");
        AtomicInteger asked = new AtomicInteger();
        OutboundFetcher rebound = new OutboundFetcher(
                host -> new InetAddress[] {
                    InetAddress.ofLiteral(asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2")
                },
                new OneHost(port()),
                DefaultClientTlsStrategy.createDefault(),
                SHORT);
        try (rebound) {
            Fetching first = rebound.fetch(address("/page"), LIMIT, (type, bytes) -> bytes.transferTo(taken));
            assertThat(first).isInstanceOf(Fetching.Fetched.class);
            assertThat(asked).hasValue(1);

            Fetching second = rebound.fetch(address("/page"), LIMIT, (type, bytes) -> bytes.transferTo(taken));
            assertThat(problem(second)).isEqualTo(Problem.NOT_ALLOWED);
            assertThat(hits).hasValue(1);
        }
    }

    @Test
    void follows_redirects_and_checks_each() throws IOException {
        serve("/end", "arrived");
        redirect("/start", "/middle");
        redirect("/middle", "http://site.example:" + port() + "/end");
        redirect("/inside", "http://127.0.0.2:" + port() + "/end");
        redirect("/metadata", "http://169.254.169.254/latest/");
        redirect("/file", "file:///etc/passwd");
        redirect("/login", "http://user:secret@site.example/");
        redirect("/decimal", "http://2130706433:" + port() + "/end");
        redirect("/ssh", "http://site.example:22/");
        redirect("/loop", "/loop");

        assertThat(fetch("/start")).isInstanceOf(Fetching.Fetched.class);
        assertThat(hits).hasValue(1);
        for (String path : new String[] {"/inside", "/metadata", "/file", "/login", "/decimal", "/ssh"}) {
            assertThat(problem(fetch(path))).as(path).isEqualTo(Problem.NOT_ALLOWED);
        }
        assertThat(problem(fetch("/loop"))).isEqualTo(Problem.TOO_MANY_REDIRECTS);
        assertThat(hits).hasValue(1);
    }

    @Test
    void gives_up_a_body_that_drips() throws IOException {
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    body.write('x');
                    body.flush();
                    pause(100);
                }
            }
        });
        long start = System.nanoTime();

        Fetching fetching = fetch("/drip");

        assertThat(problem(fetching)).isEqualTo(Problem.TOO_SLOW);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void gives_up_a_server_that_says_nothing() throws IOException {
        server.createContext("/silent", exchange -> pause(10_000));

        assertThat(problem(fetch("/silent"))).isEqualTo(Problem.TOO_SLOW);
    }

    @Test
    void reads_no_more_than_the_limit_of_a_gigabyte() throws IOException {
        server.createContext("/announced", exchange -> {
            exchange.sendResponseHeaders(200, 1L << 30);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            pause(500);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[64 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < (1 << 30) / piece.length; i++) {
                    body.write(piece);
                }
            }
        });

        assertThat(problem(fetch("/announced"))).isEqualTo(Problem.TOO_LARGE);
        assertThat(problem(fetch("/endless"))).isEqualTo(Problem.TOO_LARGE);
        assertThat(taken.size()).isLessThanOrEqualTo((int) LIMIT);
    }

    @Test
    void counts_what_a_compressed_answer_becomes() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[50_000_000]);
        }
        server.createContext("/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.size());
            exchange.getResponseBody().write(bomb.toByteArray());
            exchange.close();
        });

        assertThat((long) bomb.size()).isLessThan(LIMIT);
        assertThat(problem(fetch("/bomb"))).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void says_what_a_site_answered() throws IOException {
        server.createContext("/gone", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });

        assertThat(((Fetching.Failed) fetch("/gone")).reason()).isEqualTo("The site answered with status 404.");
        assertThat(fetcher.fetch(parsed("http://nowhere.example/"), LIMIT, (type, bytes) -> {}))
                .isEqualTo(new Fetching.Failed(Problem.UNREACHABLE, "There is no host named nowhere.example."));
    }

    @Test
    void trusts_no_certificate_that_nobody_vouches_for() throws Exception {
        try (TlsServer tls = new TlsServer("site.example");
                OutboundFetcher open = fetcher(new OneHost(tls.port()))) {
            Fetching fetching = open.fetch(
                    parsed("https://site.example:" + tls.port() + "/"),
                    LIMIT,
                    (type, bytes) -> bytes.transferTo(taken));

            assertThat(problem(fetching)).isEqualTo(Problem.UNREACHABLE);
            assertThat(taken.size()).isZero();
        }
    }

    @Test
    void asks_for_the_typed_host_in_tls_and_holds_the_certificate_to_it() throws Exception {
        names.put("other.example", "127.0.0.1");
        try (TlsServer tls = new TlsServer("site.example");
                OutboundFetcher trusting = new OutboundFetcher(
                        this::resolve, new OneHost(tls.port()), new DefaultClientTlsStrategy(tls.trust()), SHORT)) {
            Fetching named = trusting.fetch(
                    parsed("https://site.example:" + tls.port() + "/"),
                    LIMIT,
                    (type, bytes) -> bytes.transferTo(taken));
            Fetching misnamed = trusting.fetch(
                    parsed("https://other.example:" + tls.port() + "/"),
                    LIMIT,
                    (type, bytes) -> bytes.transferTo(taken));

            assertThat(named).isInstanceOf(Fetching.Fetched.class);
            assertThat(tls.namesAskedFor()).contains("site.example");
            assertThat(problem(misnamed)).isEqualTo(Problem.UNREACHABLE);
        }
    }

    @Test
    void lets_the_failure_of_whoever_takes_the_body_through() {
        serve("/page", "text");

        assertThatThrownBy(() -> fetcher.fetch(address("/page"), LIMIT, (type, bytes) -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private Fetching fetch(String path) throws IOException {
        return fetcher.fetch(address(path), LIMIT, (type, bytes) -> bytes.transferTo(taken));
    }

    private WebAddress address(String path) {
        return parsed("http://site.example:" + port() + path);
    }

    private static WebAddress parsed(String typed) {
        return switch (WebAddress.parse(typed)) {
            case WebAddress.Parsing.Good(var address) -> address;
            case WebAddress.Parsing.Bad(var reason) -> throw new AssertionError(typed + " " + reason);
        };
    }

    private static Problem problem(Fetching fetching) {
        assertThat(fetching).isInstanceOf(Fetching.Failed.class);
        return ((Fetching.Failed) fetching).problem();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void serve(String path, String text) {
        server.createContext(path, exchange -> {
            hits.incrementAndGet();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private void redirect(String path, String location) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private static void pause(long millis) {
        try {
            if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody counts down");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
