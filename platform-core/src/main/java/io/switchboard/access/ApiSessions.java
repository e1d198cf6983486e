package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.Sha256;
import io.switchboard.kernel.UserId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Sign-ins to the API and their refresh tokens. A token is the session's id and 32 random bytes; the session's row holds the hash of the
 * current one. A token that names a session but is not its current one was used before, so two parties hold it: the session ends.
 */
@Repository
class ApiSessions {

    /** How long a session lives without a refresh. */
    private static final Duration IDLE_LIMIT = Duration.ofDays(30);

    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final SystemDatabase system;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiSessions(SystemDatabase system, Clock clock) {
        this.system = system;
        this.clock = clock;
    }

    /** Opens a session and forgets the user's expired ones. */
    ApiSession open(User user) {
        SessionId id = new SessionId(UUID.randomUUID());
        String token = token(id);
        return system.transaction(() -> {
            system.jdbc()
                    .sql("delete from api_session where user_id = ? and expires_at <= ?")
                    .params(user.id().value(), now())
                    .update();
            system.jdbc()
                    .sql("insert into api_session (id, user_id, token_hash, expires_at) values (?, ?, ?, ?)")
                    .params(id.value(), user.id().value(), Sha256.of(token), now().plus(IDLE_LIMIT))
                    .update();
            return new ApiSession(id, user, token);
        });
    }

    Refreshing refresh(String presented) {
        SessionId id = session(presented);
        if (id == null) {
            return new Refreshing.Refused();
        }
        return system.transaction(() -> {
            Row row = lock(id);
            if (row == null) {
                return new Refreshing.Refused();
            }
            if (!MessageDigest.isEqual(row.tokenHash, Sha256.of(presented)) || row.user.suspended()) {
                end(id);
                return new Refreshing.Refused();
            }
            String token = token(id);
            system.jdbc()
                    .sql("update api_session set token_hash = ?, expires_at = ? where id = ?")
                    .params(Sha256.of(token), now().plus(IDLE_LIMIT), id.value())
                    .update();
            return new Refreshing.Refreshed(new ApiSession(id, row.user, token));
        });
    }

    /** The user behind an access token, if neither the session nor the token's version has ended. */
    Optional<User> user(SessionId session, UserId user, int tokenVersion) {
        return system.jdbc()
                .sql("""
                        select u.* from api_session s join app_user u on u.id = s.user_id
                         where s.id = ? and u.id = ? and u.token_version = ? and not u.suspended
                        """)
                .params(session.value(), user.value(), tokenVersion)
                .query(Users::user)
                .optional();
    }

    void end(SessionId session) {
        system.jdbc()
                .sql("delete from api_session where id = ?")
                .param(session.value())
                .update();
    }

    void endAll(UserId user) {
        system.jdbc()
                .sql("delete from api_session where user_id = ?")
                .param(user.value())
                .update();
    }

    /** Ends the session a refresh token belongs to, an outdated token too. */
    void end(String presented) {
        SessionId id = session(presented);
        if (id != null) {
            end(id);
        }
    }

    private @Nullable Row lock(SessionId id) {
        return system.jdbc()
                .sql("""
                        select s.token_hash, u.* from api_session s join app_user u on u.id = s.user_id
                         where s.id = ? and s.expires_at > ? for update of s
                        """)
                .params(id.value(), now())
                .query(ApiSessions::row)
                .optional()
                .orElse(null);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getBytes("token_hash"), Users.user(row, number));
    }

    private String token(SessionId id) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] token = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .put(secret)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static @Nullable SessionId session(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return bytes.remaining() == ID_BYTES + SECRET_BYTES
                    ? new SessionId(new UUID(bytes.getLong(), bytes.getLong()))
                    : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private record Row(byte[] tokenHash, User user) {}
}
