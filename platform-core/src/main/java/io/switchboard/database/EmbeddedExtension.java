package io.switchboard.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the embedded server pgvector, which it comes without. */
final class EmbeddedExtension {

    private static final Path LIBRARIES = Path.of("lib", "postgresql");
    private static final Path SCRIPTS = Path.of("share", "postgresql", "extension");
    static final Path CONTROL = SCRIPTS.resolve("vector.control");

    private EmbeddedExtension() {}

    /**
     * Copies the extension's files to the server's own, and makes the extension if the server has it, from now or from before.
     *
     * @param superuser of the database, since pgvector may not be made by others
     * @param files null if there is nothing to copy
     */
    static void install(Login superuser, @Nullable Path files) {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            if (files != null) {
                copy(files.resolve(LIBRARIES), Path.of(directory(statement, "PKGLIBDIR")));
                copy(files.resolve(SCRIPTS), Path.of(directory(statement, "SHAREDIR"), "extension"));
            }
            if (offersVector(statement)) {
                statement.execute("create extension if not exists vector");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded PostgreSQL does not take pgvector from " + files, e);
        } catch (IOException e) {
            throw new UncheckedIOException("pgvector cannot be copied from " + files, e);
        }
    }

    private static boolean offersVector(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_available_extensions where name = 'vector'")) {
            return found.next();
        }
    }

    private static String directory(Statement statement, String name) throws SQLException {
        try (ResultSet found = statement.executeQuery("select setting from pg_config where name = '" + name + "'")) {
            found.next();
            return found.getString(1);
        }
    }

    /** Files that are there already stay: a library that is in use must not change. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(from)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(file.getFileName());
            if (!Files.exists(target)) {
                Path part = to.resolve(file.getFileName() + ".part");
                Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
