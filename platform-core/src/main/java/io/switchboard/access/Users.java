package io.switchboard.access;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/** The table of users; one person may work for several tenants, so no tenant owns it. */
@Repository
class Users {

    private final SystemDatabase system;

    Users(SystemDatabase system) {
        this.system = system;
    }

    record Credentials(User user, String passwordHash) {}

    Optional<User> find(UserId id) {
        return system.jdbc()
                .sql("select * from app_user where id = ?")
                .param(id.value())
                .query(Users::user)
                .optional();
    }

    Optional<Credentials> find(EmailAddress email) {
        return system.jdbc()
                .sql("select * from app_user where email = ?")
                .param(email.value())
                .query((row, number) -> new Credentials(user(row, number), row.getString("password_hash")))
                .optional();
    }

    /** Creates the user unless the address is taken; either way the one with this address. */
    Credentials findOrCreate(EmailAddress email, String name, String passwordHash, boolean operator) {
        system.jdbc()
                .sql("""
                        insert into app_user (id, email, password_hash, name, operator) values (?, ?, ?, ?, ?)
                        on conflict (email) do nothing
                        """)
                .params(UserId.next().value(), email.value(), passwordHash, name, operator)
                .update();
        return find(email).orElseThrow();
    }

    void makeOperator(UserId id) {
        system.jdbc()
                .sql("update app_user set operator = true where id = ?")
                .param(id.value())
                .update();
    }

    /** Sets the password and ends every token. */
    void changePassword(UserId id, String passwordHash) {
        system.jdbc()
                .sql("update app_user set password_hash = ?, token_version = token_version + 1 where id = ?")
                .params(passwordHash, id.value())
                .update();
    }

    /** Ends every token. */
    void raiseTokenVersion(UserId id) {
        system.jdbc()
                .sql("update app_user set token_version = token_version + 1 where id = ?")
                .param(id.value())
                .update();
    }

    /** Suspends or resumes; suspending ends every token. */
    Optional<User> changeSuspension(UserId id, boolean suspended) {
        system.jdbc()
                .sql("""
                        update app_user
                           set suspended = :suspended, token_version = token_version + case when :suspended then 1 else 0 end
                         where id = :id and suspended <> :suspended
                        """)
                .param("suspended", suspended)
                .param("id", id.value())
                .update();
        return find(id);
    }

    static User user(ResultSet row, int number) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                new EmailAddress(row.getString("email")),
                row.getString("name"),
                row.getBoolean("operator"),
                row.getBoolean("suspended"),
                row.getInt("token_version"));
    }
}
