package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.access.ApiSession;
import io.switchboard.access.User;
import io.switchboard.installation.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: ASVS 9.1.1 to 9.2.4. */
class AccessTokenTest extends WebTest {

    @Autowired
    MasterKey masterKey;

    @Test
    void accepts_a_token_made_as_ours_are() {
        ApiSession session = access.openSession(newTenant().owner());

        assertThat(me(token(session, jwt -> jwt)).status()).isEqualTo(200);
    }

    @Test
    void refuses_every_token_that_is_not_quite_ours() {
        SignedInOwner owner = newTenant();
        ApiSession session = access.openSession(owner.owner());
        User other = newTenant().owner();
        KeyPair rsa = Jwts.SIG.RS256.keyPair().build();
        SecretKey weakerUse = Keys.hmacShaKeyFor(masterKey.derive("secrets"));

        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put(
                "signed with another key",
                claims(session).signWith(weakerUse, Jwts.SIG.HS256).compact());
        tokens.put(
                "signed with RS256",
                claims(session).signWith(rsa.getPrivate(), Jwts.SIG.RS256).compact());
        tokens.put("alg none", claims(session).compact());
        tokens.put("alg none, capital", unsigned("{\"alg\":\"NONE\"}", session));
        tokens.put("alg none, with a signature", unsigned("{\"alg\":\"none\"}", session) + "c2ln");
        tokens.put(
                "a key of its own in the header",
                claims(session)
                        .header()
                        .jwk(Jwks.builder().key((RSAPublicKey) rsa.getPublic()).build())
                        .and()
                        .signWith(rsa.getPrivate(), Jwts.SIG.RS256)
                        .compact());
        tokens.put(
                "an address of keys in the header",
                claims(session)
                        .header()
                        .add("jku", "https://example.org/keys")
                        .and()
                        .signWith(weakerUse, Jwts.SIG.HS256)
                        .compact());
        tokens.put(
                "an address of certificates in the header",
                claims(session)
                        .header()
                        .add("x5u", "https://example.org/certificate")
                        .and()
                        .signWith(weakerUse, Jwts.SIG.HS256)
                        .compact());
        tokens.put(
                "a name of another key in the header",
                claims(session)
                        .header()
                        .keyId("../../dev/null")
                        .and()
                        .signWith(weakerUse, Jwts.SIG.HS256)
                        .compact());
        tokens.put(
                "HS256 signed with a public key",
                claims(session)
                        .signWith(Keys.hmacShaKeyFor(rsa.getPublic().getEncoded()), Jwts.SIG.HS256)
                        .compact());
        tokens.put(
                "HS512 signed with our own key, stretched",
                claims(session)
                        .signWith(Keys.hmacShaKeyFor(stretched()), Jwts.SIG.HS512)
                        .compact());
        tokens.put(
                "expired",
                token(session, jwt -> jwt.expiration(Date.from(Instant.now().minusSeconds(5)))));
        tokens.put("without expiry", token(session, jwt -> jwt.expiration(null)));
        tokens.put(
                "not yet valid",
                token(session, jwt -> jwt.notBefore(Date.from(Instant.now().plusSeconds(600)))));
        tokens.put("wrong issuer", token(session, jwt -> jwt.issuer("somebody")));
        tokens.put("no issuer", token(session, jwt -> jwt.issuer(null)));
        tokens.put(
                "wrong audience",
                token(session, jwt -> jwt.audience().clear().add("other").and()));
        tokens.put("no audience", token(session, jwt -> jwt.audience().clear().and()));
        tokens.put(
                "another user's session",
                token(session, jwt -> jwt.subject(other.id().toString())));
        tokens.put(
                "unknown session",
                token(session, jwt -> jwt.claim("sid", UUID.randomUUID().toString())));
        tokens.put("no session", token(session, jwt -> jwt.claim("sid", null)));
        tokens.put("older version", token(session, jwt -> jwt.claim("ver", 0)));
        tokens.put("no version", token(session, jwt -> jwt.claim("ver", null)));
        tokens.put("version of another type", token(session, jwt -> jwt.claim("ver", "1")));
        tokens.put("subject that is no id", token(session, jwt -> jwt.subject("root")));
        tokens.put("the refresh token", session.refreshToken());
        tokens.put("cut short", token(session, jwt -> jwt).substring(0, 60));
        tokens.put("empty", "");

        assertThat(tokens).hasSizeGreaterThan(24);
        tokens.forEach((name, token) -> {
            ApiClient.Reply reply = me(token);
            assertThat(reply.status()).as(name).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).as(name).startsWith("Bearer");
            assertThat(reply.header("Content-Type")).as(name).startsWith("application/problem+json");
            assertThat(reply.text("title")).as(name).isEqualTo("Unauthorized");
        });
    }

    @Test
    void refuses_a_token_from_before_the_clock_passed_its_life() {
        ApiSession session = access.openSession(newTenant().owner());
        String token = token(
                session,
                jwt -> jwt.issuedAt(Date.from(Instant.now().minusSeconds(1000)))
                        .expiration(Date.from(Instant.now().minusSeconds(100))));

        ApiClient.Reply reply = me(token);

        assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
    }

    private byte[] stretched() {
        byte[] key = masterKey.derive("jwt");
        return Arrays.copyOf(key, 2 * key.length);
    }

    private ApiClient.Reply me(String token) {
        return anonymous().withToken(token).get("/api/v1/me");
    }

    private String token(ApiSession session, UnaryOperator<JwtBuilder> change) {
        return change.apply(claims(session))
                .signWith(Keys.hmacShaKeyFor(masterKey.derive("jwt")), Jwts.SIG.HS256)
                .compact();
    }

    private static JwtBuilder claims(ApiSession session) {
        return Jwts.builder()
                .id(UUID.randomUUID().toString())
                .issuer("switchboard")
                .audience()
                .add("switchboard-api")
                .and()
                .subject(session.user().id().toString())
                .claim("sid", session.id().toString())
                .claim("ver", session.user().tokenVersion())
                .expiration(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String unsigned(String header, ApiSession session) {
        String payload = claims(session).compact().split("\\.", -1)[1];
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + payload + ".";
    }
}
