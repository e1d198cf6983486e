package io.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/security.md} that says which test shows what to the tests: each exists, and names what it shows. */
class ChecklistTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "security.md");
    private static final List<String> MODULES =
            List.of("platform-core", "ingestion", "platform-admin-ui", "platform-web");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]*`\\w+Test`[^|]*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.[\\dx]+|LLM\\d+");

    /** What has to be shown, whatever else is. */
    private static final List<String> REQUIRED = List.of(
            "8.4.1", "8.2.2", "LLM08", "8.2.3", "15.3.3", "8.3.2", "7.4.2", "7.2.4", "7.4.3", "9.1.1", "9.2.4", "6.3.1",
            "6.3.8", "6.4.3", "3.5.1", "3.3.x", "3.4.x", "1.3.1", "1.3.5", "3.2.2", "LLM05", "LLM01", "LLM02", "LLM06",
            "LLM07", "1.3.6", "13.2.5", "15.3.2", "5.2.1", "5.2.3", "5.3.2", "5.3.3", "11.3.2", "11.3.4", "13.3.1",
            "13.3.4", "14.2.1", "16.2.5", "16.5.1", "16.5.3", "13.4.2", "13.4.5", "15.1.2", "15.2.1", "LLM03");

    @Test
    void every_test_of_the_table_exists_and_names_its_row() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> rows =
                ROW.matcher(Files.readString(DOCUMENT)).results().toList();

        assertThat(rows).hasSizeGreaterThan(25);
        for (MatchResult row : rows) {
            String label = row.group(1);
            List<String> numbers = numbers(label);
            TEST.matcher(row.group(2)).results().map(test -> test.group(1)).forEach(test -> {
                assertThat(sources).as(label).containsKey(test);
                assertThat(named(sources.get(test), label, numbers))
                        .as("%s names \"%s\" behind the word Checklist:", test, label)
                        .isTrue();
            });
        }
    }

    @Test
    void the_table_has_a_row_for_every_item() throws IOException {
        List<String> numbers = new ArrayList<>();
        ROW.matcher(Files.readString(DOCUMENT)).results().forEach(row -> numbers.addAll(numbers(row.group(1))));

        assertThat(numbers).containsAll(REQUIRED);
    }

    /** By one of the row's numbers; by its first words, where it has none. */
    private static boolean named(String source, String label, List<String> numbers) {
        if (!source.contains("Checklist:")) {
            return false;
        }
        String told = source.substring(source.indexOf("Checklist:")).toLowerCase(Locale.ROOT);
        return numbers.isEmpty()
                ? told.contains(label.split("[:;,]", -1)[0].toLowerCase(Locale.ROOT))
                : numbers.stream().anyMatch(number -> told.contains(number.toLowerCase(Locale.ROOT)));
    }

    private static List<String> numbers(String label) {
        return NUMBER.matcher(label).results().map(MatchResult::group).toList();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : MODULES) {
            Path tests = Path.of("..", module, "src", "test", "java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(one -> one.toString().endsWith("Test.java"))
                            .toList()) {
                        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
