package io.switchboard.database;

import io.switchboard.installation.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where PostgreSQL is; without an address the program runs one of its own in the data directory.
 *
 * @param url JDBC address of an existing, empty or earlier migrated database
 * @param user role that owns the schema and may create roles
 * @param pgvector directory with pgvector built for the embedded server, its files below {@code lib/postgresql} and
 *     {@code share/postgresql/extension}; null: the embedded server has none
 */
@ConfigurationProperties("switchboard.db")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable Path pgvector) {

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
        if (pgvector != null && !isThere(pgvector)) {
            throw new SettingException(
                    "SWITCHBOARD_DB_PGVECTOR",
                    "must be a directory with " + EmbeddedExtension.CONTROL + ", which " + pgvector + " is not");
        }
    }

    private static boolean isThere(Path pgvector) {
        return Files.exists(pgvector.resolve(EmbeddedExtension.CONTROL));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}
