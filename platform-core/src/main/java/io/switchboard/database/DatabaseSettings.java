package io.switchboard.database;

import io.switchboard.installation.SettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where PostgreSQL is; without an address the program runs one of its own in the data directory.
 *
 * @param url JDBC address of an existing, empty or earlier migrated database
 * @param user role that owns the schema and may create roles
 */
@ConfigurationProperties("switchboard.db")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    DatabaseSettings {
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new SettingException(
                    "SWITCHBOARD_DB_URL",
                    "must start with jdbc:postgresql: as in jdbc:postgresql://db.example.org/switchboard");
        }
        if (url != null && (user == null || password == null)) {
            throw new SettingException(
                    user == null ? "SWITCHBOARD_DB_USER" : "SWITCHBOARD_DB_PASSWORD",
                    "is missing; it is needed together with SWITCHBOARD_DB_URL");
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
