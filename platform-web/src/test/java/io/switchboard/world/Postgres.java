package io.switchboard.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the world's own, outliving the program, with the same settings as the one that the program would start: durable,
 * on loopback. Unlike that one it can be restarted under the program, and looked into as its superuser.
 */
public final class Postgres implements AutoCloseable {

    private static final String OWNER = "switchboard_owner";
    private static final String PASSWORD = "stand-in";

    private final EmbeddedPostgres server;
    private final Path directory;
    private final Path binaries;

    private Postgres(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
        // The library unpacks once for all servers of a process, so they need not be below the directory.
        this.binaries = ProcessFigures.postmaster(data())
                .info()
                .command()
                .map(Path::of)
                .orElseThrow()
                .getParent();
    }

    /** @param directory holds binaries and data; on the disk whose durability is to be measured */
    public static Postgres start(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        quieten();
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        directory.resolve("server").toAbsolutePath().toFile())
                .setDataDirectory(directory.resolve("data").toAbsolutePath())
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("timezone", "UTC")
                .start();
        Postgres postgres = new Postgres(server, directory);
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login createrole password '" + PASSWORD + "'");
        }
        return postgres;
    }

    /** The library tells at length how it unpacks and starts; a benchmark prints a table. */
    private static void quieten() {
        if (LoggerFactory.getLogger("io.zonky.test") instanceof Logger library) {
            library.setLevel(Level.WARN);
        }
    }

    /** An empty database, and the settings with which a program uses it. Programs with the same settings are replicas. */
    public Map<String, String> newDatabase(String name) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + OWNER);
        }
        return settings(name, port());
    }

    /** The settings for a database reached through another port, a proxy's. */
    public Map<String, String> settings(String database, int port) {
        return Map.of(
                "SWITCHBOARD_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                "SWITCHBOARD_DB_USER", OWNER,
                "SWITCHBOARD_DB_PASSWORD", PASSWORD);
    }

    public int port() {
        return server.getPort();
    }

    /** As the superuser, who sees all tenants. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + database, "postgres", "postgres");
    }

    /** Ends every process of the server without a checkpoint and starts it again, which recovers from the log. */
    public void restartImmediately() throws IOException, InterruptedException {
        control("restart", "-m", "immediate", "-w");
    }

    /** Stops without a checkpoint; {@link #startAgain} follows. */
    public void stopImmediately() throws IOException, InterruptedException {
        control("stop", "-m", "immediate", "-w");
    }

    /** On the same port, with the options of the first start. */
    public void startAgain() throws IOException, InterruptedException {
        String options = Files.readString(data().resolve("postmaster.opts")).strip();
        control("start", "-w", "-o", options.substring(options.indexOf(' ') + 1));
    }

    private void control(String verb, String... arguments) throws IOException, InterruptedException {
        // PostgreSQL refuses to be run by root. In a user namespace of its own root is nobody; the library starts it so
        // too.
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.addAll(List.of(binaries.resolve("pg_ctl").toString(), verb, "-D", data().toString()));
        command.addAll(List.of(arguments));
        Path log = directory.resolve("server.log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("pg_ctl " + verb + " ended with " + code + "; see " + log);
        }
    }

    private Path data() {
        return directory.resolve("data").toAbsolutePath();
    }

    /** Processor time of all its processes so far. */
    public Duration processorTime() {
        return ProcessFigures.processorOfTree(ProcessFigures.postmaster(data()));
    }

    public long megabytes() {
        return ProcessFigures.megabytesOfTree(ProcessFigures.postmaster(data()));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
