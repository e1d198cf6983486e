package io.switchboard.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * The owner of the tables, who lays them out and whom row-level security shows no row. For what cannot be a migration that everybody
 * runs: tables that need an extension, and indexes that come and go with a tenant's size.
 */
public final class SchemaOwner {

    private final Login owner;
    private final String runtimeRole;
    private final String systemRole;

    SchemaOwner(Login owner, String runtimeRole, String systemRole) {
        this.owner = owner;
        this.runtimeRole = runtimeRole;
        this.systemRole = systemRole;
    }

    /**
     * Makes an extension of PostgreSQL unless it is there.
     *
     * @return empty if it can be used; else a sentence that says what is missing
     */
    public Optional<String> ensureExtension(String name) {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            if (!has(connection, "select 1 from pg_available_extensions where name = ?", name)) {
                return Optional.of("this PostgreSQL does not have the extension " + name
                        + "; install it on the server, where its package is often called postgresql-17-pg" + name);
            }
            if (has(connection, "select 1 from pg_extension where extname = ?", name)) {
                return Optional.empty();
            }
            return make(statement, name);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not say whether it has the extension " + name, e);
        }
    }

    private Optional<String> make(Statement statement, String name) {
        try {
            statement.execute("create extension if not exists " + name);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("user " + owner.user() + " may not make the extension " + name + " (" + e.getMessage()
                    + "); let a superuser run in this database: create extension " + name);
        }
    }

    private static boolean has(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /**
     * Brings tables to the state that a change log describes.
     *
     * @param changeLog for example {@code classpath:/db/feature/010-tables.sql}
     */
    public void migrate(String changeLog) {
        try {
            SpringLiquibase migration = migration(changeLog);
            migration.setResourceLoader(new DefaultResourceLoader());
            migration.afterPropertiesSet();
        } catch (LiquibaseException e) {
            throw new IllegalStateException("the database does not take " + changeLog, e);
        }
    }

    SpringLiquibase migration(String changeLog) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(owner.url());
        source.setUser(owner.user());
        source.setPassword(owner.password());
        SpringLiquibase liquibase = new SpringLiquibase();
        liquibase.setDataSource(source);
        liquibase.setChangeLog(changeLog);
        liquibase.setChangeLogParameters(Map.of("runtimeRole", runtimeRole, "systemRole", systemRole));
        return liquibase;
    }

    /**
     * Runs statements one after the other on one connection, each a transaction of its own, while no other process runs any under the same
     * lock.
     *
     * @return false if another one does, and nothing was done
     */
    public boolean execute(long lock, List<String> statements) {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet locked = statement.executeQuery("select pg_try_advisory_lock(" + lock + ")")) {
                locked.next();
                if (!locked.getBoolean(1)) {
                    return false;
                }
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused one of " + statements, e);
        }
    }
}
