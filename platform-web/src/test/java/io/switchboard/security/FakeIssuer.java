package io.switchboard.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A provider of identities (OpenID Connect), as far as a sign-in needs it, on this machine's loopback. */
final class FakeIssuer implements AutoCloseable {

    static final String CLIENT = "switchboard-client";
    static final String SECRET = "the client's secret";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final KeyPair keys = Jwts.SIG.RS256.keyPair().build();
    private final KeyPair strangersKeys = Jwts.SIG.RS256.keyPair().build();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** What somebody agreed to, and what of it the provider is to get wrong. */
    private record Grant(Map<String, String> asked, Map<String, Object> claims, Flaw flaw) {}

    /** A fault in what the provider says. */
    enum Flaw {
        NONE,
        WRONG_NONCE,
        WRONG_AUDIENCE,
        WRONG_ISSUER,
        WRONG_SIGNATURE,
        EXPIRED
    }

    FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, configuration()));
        server.createContext("/jwks", exchange -> answer(exchange, 200, jwks()));
        server.createContext("/token", this::token);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Somebody signs in over there and is sent back; answers the path and query they come back with. */
    String signIn(URI sentHere, Map<String, Object> claims, Flaw flaw) {
        Map<String, String> asked = form(sentHere.getRawQuery());
        String code = UUID.randomUUID().toString();
        grants.put(code, new Grant(asked, claims, flaw));
        return URI.create(asked.get("redirect_uri")).getPath() + "?code=" + code + "&state=" + asked.get("state");
    }

    static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> body = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Grant grant = grants.remove(body.get("code"));
        if (grant == null
                || !challenge(body.get("code_verifier")).equals(grant.asked().get("code_challenge"))
                || !authorized(exchange)) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        answer(
                exchange,
                200,
                Map.of(
                        "access_token",
                        "opaque",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        idToken(grant)));
    }

    private String idToken(Grant grant) {
        Instant now = Instant.now();
        return Jwts.builder()
                .header()
                .keyId("key-1")
                .and()
                .issuer(grant.flaw() == Flaw.WRONG_ISSUER ? "https://elsewhere.example.org" : address())
                .subject("subject-1")
                .audience()
                .add(grant.flaw() == Flaw.WRONG_AUDIENCE ? "another-client" : CLIENT)
                .and()
                .claim(
                        "nonce",
                        grant.flaw() == Flaw.WRONG_NONCE
                                ? "nonce"
                                : grant.asked().get("nonce"))
                .claims(grant.claims())
                .issuedAt(Date.from(now.minusSeconds(600)))
                .expiration(Date.from(now.plusSeconds(grant.flaw() == Flaw.EXPIRED ? -300 : 300)))
                .signWith((grant.flaw() == Flaw.WRONG_SIGNATURE ? strangersKeys : keys).getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private static boolean authorized(HttpExchange exchange) {
        String expected = Base64.getEncoder()
                .encodeToString((CLIENT + ":the+client%27s+secret").getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("issuer", address());
        configuration.put("authorization_endpoint", address() + "/authorize");
        configuration.put("token_endpoint", address() + "/token");
        configuration.put("jwks_uri", address() + "/jwks");
        configuration.put("response_types_supported", new String[] {"code"});
        configuration.put("subject_types_supported", new String[] {"public"});
        configuration.put("id_token_signing_alg_values_supported", new String[] {"RS256"});
        return configuration;
    }

    private Map<String, Object> jwks() {
        Map<String, Object> key = new HashMap<>(
                Jwks.builder().key((RSAPublicKey) keys.getPublic()).id("key-1").build());
        key.replaceAll((name, value) -> String.valueOf(value));
        return Map.of("keys", new Object[] {key});
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
