package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** People whose only tenant is being erased. */
@Service
public class FormerMembers {

    /** All by which a person signs in, besides the password. */
    private static final List<String> SIGN_IN =
            List.of("api_session", "password_reset", "recovery_code", "second_factor");

    private final SystemDatabase system;
    private final Passwords passwords;

    FormerMembers(SystemDatabase system, Passwords passwords) {
        this.system = system;
        this.passwords = passwords;
    }

    /**
     * Takes name, address and password from everybody who works for this tenant and no other, and ends their sign-ins. Operators stay as
     * they are. To be called while the memberships are there.
     *
     * @return how many people
     */
    public long eraseOf(TenantId tenant) {
        String locked = passwords.encode(UUID.randomUUID().toString());
        return system.transaction(() -> {
            List<UUID> people = system.jdbc()
                    .sql("""
                            select u.id from app_user u join membership m on m.user_id = u.id
                             where m.tenant_id = :tenant and not u.operator
                               and not exists (select 1 from membership o where o.user_id = u.id and o.tenant_id <> :tenant)
                            """)
                    .param("tenant", tenant.value())
                    .query(UUID.class)
                    .list();
            for (UUID person : people) {
                for (String table : SIGN_IN) {
                    system.jdbc()
                            .sql("delete from " + table + " where user_id = ?")
                            .param(person)
                            .update();
                }
                system.jdbc()
                        .sql("""
                                update app_user set email = :email, name = 'Erased', password_hash = :locked, suspended = true,
                                  token_version = token_version + 1
                                 where id = :id
                                """)
                        .param("email", person + "@erased.invalid")
                        .param("locked", locked)
                        .param("id", person)
                        .update();
            }
            return (long) people.size();
        });
    }
}
