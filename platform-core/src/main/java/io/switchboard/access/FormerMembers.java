package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** People whose only tenant is being erased. */
@Service
public class FormerMembers {

    /** All by which a person signs in, besides the password. */
    private static final List<String> SIGN_IN =
            List.of("api_session", "password_reset", "recovery_code", "second_factor");

    private static final String ERASED_DOMAIN = "@erased.invalid";

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
     * @return who they were, without those who were erased before
     */
    public Set<UserId> eraseOf(TenantId tenant) {
        String locked = passwords.encode(UUID.randomUUID().toString());
        return system.transaction(() -> {
            Set<UserId> people = new HashSet<>(ofNobodyElse(tenant));
            people.removeIf(person -> !isLeft(person));
            people.forEach(person -> erase(person, locked));
            return people;
        });
    }

    /**
     * How many people are left of whom something tells who they were, or lets them sign in: of those who work for this tenant and no
     * other, and of some who did.
     */
    public long left(TenantId tenant, Set<UserId> erased) {
        Set<UserId> people = new HashSet<>(ofNobodyElse(tenant));
        people.addAll(erased);
        return people.stream().filter(this::isLeft).count();
    }

    private List<UserId> ofNobodyElse(TenantId tenant) {
        return system.jdbc()
                .sql("""
                        select u.id from app_user u join membership m on m.user_id = u.id
                         where m.tenant_id = :tenant and not u.operator
                           and not exists (select 1 from membership o where o.user_id = u.id and o.tenant_id <> :tenant)
                        """)
                .param("tenant", tenant.value())
                .query((row, number) -> new UserId(row.getObject(1, UUID.class)))
                .list();
    }

    private boolean isLeft(UserId person) {
        boolean named = system.jdbc()
                .sql("select exists (select 1 from app_user where id = :id and (email <> :email or not suspended))")
                .param("id", person.value())
                .param("email", person + ERASED_DOMAIN)
                .query(Boolean.class)
                .single();
        return named || SIGN_IN.stream().anyMatch(table -> hasRows(table, person));
    }

    private boolean hasRows(String table, UserId person) {
        return system.jdbc()
                .sql("select exists (select 1 from " + table + " where user_id = ?)")
                .param(person.value())
                .query(Boolean.class)
                .single();
    }

    private void erase(UserId person, String locked) {
        for (String table : SIGN_IN) {
            system.jdbc()
                    .sql("delete from " + table + " where user_id = ?")
                    .param(person.value())
                    .update();
        }
        system.jdbc()
                .sql("""
                        update app_user set email = :email, name = 'Erased', password_hash = :locked, suspended = true,
                          token_version = token_version + 1
                         where id = :id
                        """)
                .param("email", person + ERASED_DOMAIN)
                .param("locked", locked)
                .param("id", person.value())
                .update();
    }
}
