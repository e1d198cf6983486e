package io.switchboard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.switchboard.installation.SettingException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    private static final String PASSWORD = "0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    void writes_to_disk_before_it_says_so_and_keeps_it_over_a_restart() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(directory, PASSWORD, null)) {
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "show full_page_writes")).isEqualTo("on");
            execute(server, "create table kept (value text); insert into kept values ('still here')");
        }

        try (EmbeddedServer server = EmbeddedServer.start(directory, PASSWORD, null)) {
            assertThat(query(server, "select value from kept")).isEqualTo("still here");
        }
    }

    @Test
    void takes_an_eighth_of_the_memory_for_its_pages() throws Exception {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long eighth = machine.getTotalMemorySize() / 8;
        long mb = 1024 * 1024;

        try (EmbeddedServer server = EmbeddedServer.start(directory, PASSWORD, null)) {
            long pages = Long.parseLong(query(server, "select setting from pg_settings where name = 'shared_buffers'"));
            assertThat(pages * 8192).isCloseTo(Math.clamp(eighth, 128 * mb, 4096 * mb), within(mb));
        }
    }

    @Test
    void lets_nobody_in_without_the_password() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(directory, PASSWORD, null)) {
            Login right = server.login("postgres");

            assertThatThrownBy(() -> right.as("postgres", "wrong").connect().close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void changes_its_password_once_when_the_former_one_comes_along() throws Exception {
        EmbeddedServer.start(directory, PASSWORD, null).close();
        String next = "fedcba9876543210";

        for (int start = 1; start <= 2; start++) {
            try (EmbeddedServer server = EmbeddedServer.start(directory, next, PASSWORD)) {
                Login right = server.login("postgres");
                assertThat(right.password()).isEqualTo(next);
                assertThat(query(server, "select 1")).isEqualTo("1");
                assertThatThrownBy(
                                () -> right.as("postgres", PASSWORD).connect().close())
                        .isInstanceOf(SQLException.class);
            }
        }

        assertThatThrownBy(() -> EmbeddedServer.start(directory, PASSWORD, null))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_MASTER_KEY is not the key of the database");
        EmbeddedServer.start(directory, next, null).close();
    }

    /** A program that is killed leaves its server behind; the next start takes the files over and keeps what was committed. */
    @Test
    void stops_the_server_that_a_killed_program_left_behind() throws Exception {
        Process program = start(KilledProgram.class);
        long orphan;
        try {
            orphan = awaitCommitted(program);
        } finally {
            program.destroyForcibly().waitFor();
        }
        assertThat(ProcessHandle.of(orphan)).as("server of the killed program").isPresent();

        try (EmbeddedServer server = EmbeddedServer.start(directory, PASSWORD, null)) {
            assertThat(query(server, "select value from kept")).isEqualTo("committed before the kill");
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    /** What is still being finished when a program is told to end, needs its database. */
    @Test
    void runs_until_the_program_that_ends_has_finished_its_work() throws Exception {
        Process program = start(EndingProgram.class);
        long server;
        try {
            server = awaitCommitted(program);
            program.destroy();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).as(log()).isTrue();
        } finally {
            program.destroyForcibly().waitFor();
        }

        await("the end of the server")
                .until(() ->
                        ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
        try (EmbeddedServer again = EmbeddedServer.start(directory, PASSWORD, null)) {
            assertThat(query(again, "select string_agg(value, ', ' order by value) from kept"))
                    .as(log())
                    .isEqualTo("committed at the end, committed before the kill");
        }
    }

    private Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString(),
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("program.log").toFile())
                .start();
    }

    private long awaitCommitted(Process program) throws IOException, InterruptedException {
        Path pidFile = directory.resolve("data").resolve("postmaster.pid");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(directory.resolve("committed"))) {
            assertThat(program.isAlive()).as(log()).isTrue();
            assertThat(System.nanoTime()).as("time to start").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("program.log"));
    }

    /** Starts a server, commits a row, says so, and waits to be killed. */
    static final class KilledProgram {

        private KilledProgram() {}

        public static void main(String[] arguments) throws Exception {
            begin(arguments);
            Files.createFile(Path.of(arguments[0]).resolve("committed"));
            TimeUnit.MINUTES.sleep(5);
        }
    }

    /** The same, but when it is told to end it commits another row, two seconds later, and closes its server. */
    static final class EndingProgram {

        private EndingProgram() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedServer server = begin(arguments);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
            Files.createFile(Path.of(arguments[0]).resolve("committed"));
            TimeUnit.MINUTES.sleep(5);
        }

        private static void end(EmbeddedServer server) {
            try (server) {
                TimeUnit.SECONDS.sleep(2);
                execute(server, "insert into kept values ('committed at the end')");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static EmbeddedServer begin(String[] arguments) throws SQLException {
        EmbeddedServer server = EmbeddedServer.start(Path.of(arguments[0]), arguments[1], null);
        execute(server, "create table kept (value text); insert into kept values ('committed before the kill')");
        return server;
    }

    private static String query(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = server.login("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = server.login("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
