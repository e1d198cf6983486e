package io.switchboard.database;

import com.sun.management.OperatingSystemMXBean;
import io.switchboard.installation.SettingException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process, its files kept in the data directory. Durable (fsync on), reachable from this machine only, and only
 * with a password.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String SUPERUSER = "postgres";
    private static final long KB = 1024;
    private static final long LEAST_SHARED_BUFFERS = 128 * KB * KB;
    private static final long MOST_SHARED_BUFFERS = 4 * KB * KB * KB;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedServer(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server, first stopping one that a killed program left behind on the same files.
     *
     * @param directory holds the binaries and the database files
     * @param password of the superuser; must be the same at every start, or the former one must come with it
     * @param formerPassword the one before, which is replaced; null while nothing changes
     * @throws SettingException if the server has neither of the passwords
     */
    static EmbeddedServer start(Path directory, String password, @Nullable String formerPassword) {
        SuperuserMark mark = new SuperuserMark(directory.resolve("superuser"));
        EmbeddedServer server = start(directory, mark.inForce(password, formerPassword));
        if (!server.password.equals(password)) {
            server.changePassword(password, () -> mark.write(password));
            LOG.info("The embedded PostgreSQL has a new superuser password, for the master key changed");
        }
        mark.write(password);
        closedMark(server.server).set(true);
        return new EmbeddedServer(server.server, password);
    }

    /**
     * The library stops the server the moment the program is told to end, while turns and replies are still being finished. What it takes
     * for closed it leaves alone, until {@link #close}.
     */
    private static AtomicBoolean closedMark(EmbeddedPostgres server) {
        try {
            Field closed = EmbeddedPostgres.class.getDeclaredField("closed");
            closed.setAccessible(true);
            return (AtomicBoolean) closed.get(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of the library would stop PostgreSQL before the program", e);
        }
    }

    private static EmbeddedServer start(Path directory, String password) {
        Path files = directory.resolve("data").toAbsolutePath();
        stopOrphan(files.resolve("postmaster.pid"));
        try {
            Files.createDirectories(directory);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            directory.resolve("server").toAbsolutePath().toFile())
                    .setDataDirectory(files)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START_LIMIT)
                    .setConnectConfig("password", password)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", sharedBuffers() + "kB")
                    .setServerConfig("timezone", "UTC")
                    .start();
            EmbeddedServer started = new EmbeddedServer(server, password);
            started.requirePassword(files.resolve("pg_hba.conf"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start from " + directory, e);
        }
    }

    /**
     * An eighth of the machine's memory, or of the container's: half of what PostgreSQL's manual advises where it has the machine for
     * itself. Only pages that are used take memory. Vectors that do not fit are copied from the system's cache at every search.
     *
     * @return in kB
     */
    private static long sharedBuffers() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.clamp(machine.getTotalMemorySize() / 8, LEAST_SHARED_BUFFERS, MOST_SHARED_BUFFERS) / KB;
    }

    /** The library initialises with trust authentication; from the first start on every connection needs its password. */
    private void requirePassword(Path hostBasedAuthentication) throws IOException {
        String rule = "host all all 127.0.0.1/32 scram-sha-256\n";
        if (Files.readString(hostBasedAuthentication).equals(rule)) {
            return;
        }
        changePassword(password, () -> {});
        try (Connection connection = login("postgres").connect();
                Statement statement = connection.createStatement()) {
            Files.writeString(hostBasedAuthentication, rule);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded PostgreSQL could not be locked with a password", e);
        }
    }

    /** @param mark written between the change and its commit, which leaves no time for a crash to part them but that of one fsync */
    private void changePassword(String wanted, Runnable mark) {
        try (Connection connection = login("postgres").connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("alter role " + SUPERUSER + " password " + statement.enquoteLiteral(wanted));
            mark.run();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the superuser of the embedded PostgreSQL got no password", e);
        }
    }

    private static void stopOrphan(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            Optional<ProcessHandle> orphan = lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
            if (orphan.isPresent() && isPostgres(orphan.get())) {
                stop(orphan.get());
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    /** Interrupt is PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is written. */
    private static void stop(ProcessHandle orphan) throws IOException {
        LOG.info("Stopping PostgreSQL {} that an earlier run left behind", orphan.pid());
        new ProcessBuilder("kill", "-INT", Long.toString(orphan.pid())).start();
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (orphan.isAlive() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(Duration.ofMillis(50));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while an earlier PostgreSQL stops", e);
            }
        }
        if (orphan.isAlive()) {
            throw new IllegalStateException("PostgreSQL " + orphan.pid() + " still runs on our data directory after "
                    + STOP_LIMIT.toSeconds() + " s; stop it and start again");
        }
    }

    /** The superuser's way into a database. */
    Login login(String database) {
        return new Login("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, SUPERUSER, password);
    }

    /** Once; whoever ends the program comes here last. */
    @Override
    public void close() throws IOException {
        closedMark(server).set(false);
        server.close();
    }
}
