package io.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts the program in a process of its own with settings that are wrong. */
class StartFailureTest {

    /** One for all, since making a database takes longer than most of these starts. */
    @TempDir
    static Path data;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // setting | value | what the line says besides
                "SWITCHBOARD_PORT | abc | abc",
                "SWITCHBOARD_PORT | 70000 | 70000",
                "SWITCHBOARD_DATA_DIR | /proc/switchboard | /proc/switchboard",
                "SWITCHBOARD_DB_URL | mysql://localhost/x | jdbc:postgresql:",
                "SWITCHBOARD_DB_PGVECTOR | /nowhere | vector.control",
                "SWITCHBOARD_VECTOR_STORE | cassette | pgvector",
                "SWITCHBOARD_MASTER_KEY | short | openssl rand -base64 32",
                "SWITCHBOARD_DEMO | perhaps | perhaps",
                "SWITCHBOARD_OPERATOR_PASSWORD | long enough | SWITCHBOARD_OPERATOR_EMAIL is missing",
            })
    void says_in_one_line_which_setting_is_wrong(String setting, String value, String rest) throws Exception {
        Outcome outcome = start(Map.of(setting, value));

        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.errors()).as(outcome.toString()).hasSize(1);
        assertThat(outcome.errors().getFirst()).contains(setting).contains(rest);
        assertThat(outcome.output()).as("a stack trace").noneMatch(line -> line.startsWith("\tat "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pgvector | this PostgreSQL does not have the extension vector",
                "qdrant | Qdrant at 127.0.0.1:9 did not answer",
            })
    void says_in_one_line_why_a_vector_store_cannot_be_used(String store, String reason) throws Exception {
        Outcome outcome =
                start(Map.of("SWITCHBOARD_VECTOR_STORE", store, "SWITCHBOARD_QDRANT_URL", "http://127.0.0.1:9"));

        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.errors()).as(outcome.toString()).hasSize(1);
        assertThat(outcome.errors().getFirst())
                .startsWith("SWITCHBOARD_VECTOR_STORE is " + store + ", but ")
                .contains(reason);
        assertThat(outcome.output()).as("a stack trace").noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void names_the_port_that_another_program_uses() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            Path unused = directory.resolve("data");
            Outcome outcome = start(Map.of(
                    "SWITCHBOARD_PORT",
                    Integer.toString(taken.getLocalPort()),
                    "SWITCHBOARD_DATA_DIR",
                    unused.toString()));

            assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
            assertThat(outcome.errors()).as(outcome.toString()).hasSize(1);
            assertThat(outcome.errors().getFirst())
                    .startsWith("SWITCHBOARD_PORT " + taken.getLocalPort() + " cannot be used")
                    .endsWith("choose another port, or 0 for any free one");
            assertThat(unused).as("started for nothing").doesNotExist();
            assertThat(outcome.output()).as("a stack trace").noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private Outcome start(Map<String, String> settings) throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectOutput(output.toFile()).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SWITCHBOARD_") || name.equals("JAVA_TOOL_OPTIONS"));
        environment.put("SWITCHBOARD_DATA_DIR", data.toString());
        environment.put("SWITCHBOARD_PORT", "0");
        environment.putAll(settings);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readAllLines(errors), Files.readAllLines(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(SwitchboardApplication.class.getName());
        return command;
    }

    private record Outcome(int exitCode, List<String> errors, List<String> output) {}
}
