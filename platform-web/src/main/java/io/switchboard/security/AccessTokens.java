package io.switchboard.security;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.switchboard.access.AccessService;
import io.switchboard.access.ApiSession;
import io.switchboard.access.SessionId;
import io.switchboard.access.User;
import io.switchboard.installation.MasterKey;
import io.switchboard.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Makes and checks the API's tokens: JSON Web Tokens signed with HMAC-SHA-256 and nothing else (RFC 8725, section 3.1). Every use asks
 * the database whether the sign-in, the user and the token's version still stand, so a token ends when they do.
 */
@Component
public class AccessTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String ISSUER = "switchboard";
    private static final String AUDIENCE = "switchboard-api";
    private static final String SESSION = "sid";
    private static final String VERSION = "ver";

    private final AccessService access;
    private final Clock clock;
    private final SecretKey key;
    private final JwtParser parser;

    AccessTokens(AccessService access, Clock clock, MasterKey masterKey) {
        this.access = access;
        this.clock = clock;
        this.key = Keys.hmacShaKeyFor(masterKey.derive("jwt"));
        this.parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .verifyWith(key)
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    public AccessToken issue(ApiSession session) {
        Instant now = clock.instant();
        String token = Jwts.builder()
                .id(UUID.randomUUID().toString())
                .issuer(ISSUER)
                .audience()
                .add(AUDIENCE)
                .and()
                .subject(session.user().id().toString())
                .claim(SESSION, session.id().toString())
                .claim(VERSION, session.user().tokenVersion())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(LIFETIME)))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
        return new AccessToken(token, LIFETIME);
    }

    /** Who signed in with this token; empty if it is not ours, has expired or was ended. */
    Optional<SignedIn> check(String token) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            if (claims.getExpiration() == null) {
                return Optional.empty();
            }
            SessionId session = new SessionId(UUID.fromString(claims.get(SESSION, String.class)));
            UserId user = new UserId(UUID.fromString(claims.getSubject()));
            return access.findSignedIn(session, user, claims.get(VERSION, Integer.class))
                    .map(found -> new SignedIn(found, session));
        } catch (JwtException | IllegalArgumentException | NullPointerException _) {
            return Optional.empty();
        }
    }

    record SignedIn(User user, SessionId session) {}
}
