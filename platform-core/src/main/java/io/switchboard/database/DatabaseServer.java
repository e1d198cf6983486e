package io.switchboard.database;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.installation.MasterKey;
import io.switchboard.installation.MasterKeys;
import io.switchboard.installation.SettingException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The database we use, ours or the operator's, with its three roles in place. */
final class DatabaseServer implements AutoCloseable {

    private static final String EMBEDDED_DATABASE = "switchboard";

    private final @Nullable EmbeddedServer embedded;
    private final Login owner;
    private final Login runtime;
    private final Login system;

    private DatabaseServer(@Nullable EmbeddedServer embedded, Login owner, Login runtime, Login system) {
        this.embedded = embedded;
        this.owner = owner;
        this.runtime = runtime;
        this.system = system;
    }

    static DatabaseServer open(DatabaseSettings settings, InstallationSettings installation, MasterKeys keys) {
        MasterKey key = keys.current();
        EmbeddedServer embedded = null;
        Login owner;
        if (settings.url() == null) {
            embedded = EmbeddedServer.start(
                    installation.dataDir().resolve("postgres"),
                    password(key, "superuser"),
                    keys.previous()
                            .map(previous -> password(previous, "superuser"))
                            .orElse(null));
            owner = createDatabase(embedded, password(key, "owner"));
            EmbeddedExtension.install(embedded.login(EMBEDDED_DATABASE), settings.pgvector());
        } else {
            owner = new Login(settings.url(), String.valueOf(settings.user()), String.valueOf(settings.password()));
        }
        try (Connection connection = owner.connect()) {
            String prefix = connection.getCatalog();
            Login runtime = owner.as(prefix + "_runtime", password(key, "runtime"));
            Login system = owner.as(prefix + "_system", password(key, "system"));
            ensureRole(connection, runtime, "nobypassrls nosuperuser nocreaterole");
            ensureRole(connection, system, "nobypassrls nosuperuser nocreaterole");
            return new DatabaseServer(embedded, owner, runtime, system);
        } catch (SQLException e) {
            throw new SettingException(
                    "SWITCHBOARD_DB_URL",
                    "cannot be used: " + owner.user() + " at " + owner.url() + ": " + e.getMessage());
        }
    }

    private static Login createDatabase(EmbeddedServer server, String ownerPassword) {
        String role = EMBEDDED_DATABASE + "_owner";
        try (Connection connection = server.login("postgres").connect();
                Statement statement = connection.createStatement()) {
            ensureRole(
                    connection, server.login("postgres").as(role, ownerPassword), "nobypassrls nosuperuser createrole");
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + EMBEDDED_DATABASE + "'")) {
                if (found.next()) {
                    return server.login(EMBEDDED_DATABASE).as(role, ownerPassword);
                }
            }
            statement.execute("create database " + EMBEDDED_DATABASE + " owner " + role);
            return server.login(EMBEDDED_DATABASE).as(role, ownerPassword);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not take our database", e);
        }
    }

    /** Names and passwords come from the database's name and our own key, so plain concatenation is safe; both are quoted anyway. */
    private static void ensureRole(Connection connection, Login role, String attributes) throws SQLException {
        boolean exists;
        try (PreparedStatement query = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            query.setString(1, role.user());
            try (ResultSet rows = query.executeQuery()) {
                exists = rows.next();
            }
        }
        try (Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteIdentifier(role.user(), true);
            String password = " login password " + statement.enquoteLiteral(role.password());
            statement.execute(
                    (exists ? "alter role " : "create role ") + quoted + password + (exists ? "" : " " + attributes));
        }
    }

    private static String password(MasterKey key, String role) {
        return HexFormat.of().formatHex(key.derive("database/" + role));
    }

    Login owner() {
        return owner;
    }

    Login runtime() {
        return runtime;
    }

    Login system() {
        return system;
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
