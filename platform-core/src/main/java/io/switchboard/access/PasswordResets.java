package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/** The table of open links to a new password. */
@Repository
class PasswordResets {

    /** How soon the same person can be sent another one. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final SystemDatabase system;
    private final Users users;
    private final ApiSessions sessions;
    private final Clock clock;

    PasswordResets(SystemDatabase system, Users users, ApiSessions sessions, Clock clock) {
        this.system = system;
        this.users = users;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Makes a link; the one before, if any, is void. */
    LinkToken create(UserId user, Duration lifetime) {
        return save(user, lifetime, now().plusYears(1)).orElseThrow();
    }

    /** As {@link #create}, unless the person was sent one a moment ago. */
    Optional<LinkToken> createUnlessRecent(UserId user, Duration lifetime) {
        return save(user, lifetime, now().minus(RECENT));
    }

    private Optional<LinkToken> save(UserId user, Duration lifetime, OffsetDateTime replacedIfBefore) {
        LinkToken token = LinkToken.random();
        int rows = system.jdbc()
                .sql("""
                        insert into password_reset (user_id, token_hash, created_at, expires_at)
                        values (:user, :hash, :now, :expires)
                        on conflict (user_id) do update
                           set token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at
                         where password_reset.created_at < :before
                        """)
                .param("user", user.value())
                .param("hash", token.hash())
                .param("now", now())
                .param("expires", now().plus(lifetime))
                .param("before", replacedIfBefore)
                .update();
        return rows == 1 ? Optional.of(token) : Optional.empty();
    }

    Optional<User> find(LinkToken token) {
        return system.jdbc()
                .sql("""
                        select u.* from password_reset r join app_user u on u.id = r.user_id
                         where r.token_hash = ? and r.expires_at > ? and not u.suspended
                        """)
                .params(token.hash(), now())
                .query(Users::user)
                .optional();
    }

    boolean redeem(LinkToken token, String passwordHash) {
        return system.transaction(() -> {
            Optional<UserId> user = system.jdbc()
                    .sql("delete from password_reset where token_hash = ? and expires_at > ? returning user_id")
                    .params(token.hash(), now())
                    .query(UUID.class)
                    .optional()
                    .map(UserId::new);
            user.ifPresent(id -> {
                users.changePassword(id, passwordHash);
                sessions.endAll(id);
            });
            return user.isPresent();
        });
    }

    /** Makes the open link of a person void. */
    void forget(UserId user) {
        system.jdbc()
                .sql("delete from password_reset where user_id = ?")
                .param(user.value())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
