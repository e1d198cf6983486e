package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.UserId;
import io.switchboard.secrets.InstallationSecretsService;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The tables of second factors and of recovery codes. */
@Repository
class SecondFactors {

    private final SystemDatabase system;
    private final InstallationSecretsService secrets;
    private final Clock clock;

    SecondFactors(SystemDatabase system, InstallationSecretsService secrets, Clock clock) {
        this.system = system;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @param confirmed whether its person has shown that their app knows the secret */
    record Factor(byte[] secret, boolean confirmed) {}

    /** Decrypts once the row is read: the key is read from the database too, and two connections at a time could be one too many. */
    Optional<Factor> find(UserId user) {
        return system.jdbc()
                .sql("select secret, confirmed_at is not null as confirmed from second_factor where user_id = ?")
                .param(user.value())
                .query((row, number) -> new Factor(row.getBytes("secret"), row.getBoolean("confirmed")))
                .optional()
                .map(stored -> new Factor(decrypt(user, stored.secret()), stored.confirmed()));
    }

    boolean isOn(UserId user) {
        return system.jdbc()
                        .sql("select count(*) from second_factor where user_id = ? and confirmed_at is not null")
                        .param(user.value())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Begins anew; false if there is one in use. */
    boolean begin(UserId user, byte[] secret) {
        return system.jdbc()
                        .sql("""
                                insert into second_factor (user_id, secret, created_at) values (:user, :secret, :now)
                                on conflict (user_id) do update
                                   set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
                                 where second_factor.confirmed_at is null
                                """)
                        .param("user", user.value())
                        .param("secret", secrets.encrypt("second_factor", "secret", user.toString(), secret))
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Uses a step up; false if it, or a later one, was used before. Of several at once one succeeds. */
    boolean use(UserId user, long step) {
        return system.jdbc()
                        .sql("update second_factor set last_step = :step where user_id = :user and last_step < :step")
                        .param("step", step)
                        .param("user", user.value())
                        .update()
                == 1;
    }

    /** Puts the factor in use, with codes for the day on which the app is lost. */
    void confirm(UserId user, Collection<byte[]> recoveryHashes) {
        system.transaction(() -> {
            system.jdbc()
                    .sql("update second_factor set confirmed_at = ? where user_id = ?")
                    .params(now(), user.value())
                    .update();
            replaceCodes(user, recoveryHashes);
            return true;
        });
    }

    void replaceCodes(UserId user, Collection<byte[]> recoveryHashes) {
        system.transaction(() -> {
            deleteCodes(user);
            recoveryHashes.forEach(hash -> system.jdbc()
                    .sql("insert into recovery_code (user_id, hash) values (?, ?)")
                    .params(user.value(), hash)
                    .update());
            return true;
        });
    }

    /** Uses a recovery code up; of several at once one succeeds. */
    boolean useCode(UserId user, byte[] hash) {
        return system.jdbc()
                        .sql("delete from recovery_code where user_id = ? and hash = ?")
                        .params(user.value(), hash)
                        .update()
                == 1;
    }

    int codesLeft(UserId user) {
        return Math.toIntExact(system.jdbc()
                .sql("select count(*) from recovery_code where user_id = ?")
                .param(user.value())
                .query(Long.class)
                .single());
    }

    void remove(UserId user) {
        system.transaction(() -> {
            deleteCodes(user);
            return system.jdbc()
                    .sql("delete from second_factor where user_id = ?")
                    .param(user.value())
                    .update();
        });
    }

    private void deleteCodes(UserId user) {
        system.jdbc()
                .sql("delete from recovery_code where user_id = ?")
                .param(user.value())
                .update();
    }

    private byte[] decrypt(UserId user, byte[] secret) {
        return secrets.decrypt("second_factor", "secret", user.toString(), secret);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
