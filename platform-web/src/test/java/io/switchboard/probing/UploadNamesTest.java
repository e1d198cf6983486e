package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/**
 * Names of uploads that would lead somewhere if they were paths. They are shown, and nothing else.
 *
 * <p>Checklist: ASVS 5.3.2 and 5.3.3.
 */
class UploadNamesTest extends WebTest {

    private static final String STORED = "files/[0-9a-f-]{36}/[0-9a-f-]{36}(\\.part)?";

    @Value("${switchboard.data-dir}")
    Path data;

    @Test
    void writes_nothing_outside_the_store_whatever_a_file_is_called() throws IOException {
        ApiClient api = newTenant().api();
        String base =
                api.post("/api/v1/knowledge-bases", Map.of("name", "Names")).text("id");
        Set<String> before = files();
        String[] names = {
            "../../../canary-escaped.txt",
            "..\\..\\canary-escaped.txt",
            "/tmp/canary-escaped.txt",
            "C:\\canary-escaped.txt",
            "canary-escaped.txt\u0000.pdf",
            "canary-escaped%2f..%2f..%2fx.txt",
            "canary-escaped-\u202Efdp.txt",
            "canary-escaped" + "x".repeat(300) + ".txt",
            "canary-escaped\r\nX-Header: 1.txt",
            ".",
            "..",
            "CON",
            "<img src=x onerror=alert(1)>.txt"
        };

        for (int i = 0; i < names.length; i++) {
            ApiClient.Reply reply = api.upload(
                    "/api/v1/knowledge-bases/" + base + "/documents",
                    names[i],
                    "text/plain",
                    ("Text number " + i).getBytes(StandardCharsets.UTF_8));
            assertThat(reply.status()).as(names[i] + " " + reply).isIn(202, 400);
            if (reply.status() == 202) {
                assertThat(reply.text("name"))
                        .doesNotContain("\u0000", "\r", "\n")
                        .hasSizeLessThanOrEqualTo(255);
            }
        }

        Set<String> added = files();
        added.removeAll(before);
        assertThat(added).isNotEmpty().allSatisfy(file -> assertThat(file).matches(STORED));
        assertThat(Path.of("/tmp/canary-escaped.txt")).doesNotExist();
    }

    /** Everything below the data directory but what belongs to PostgreSQL and the indexes. */
    private Set<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString())
                    .filter(file -> file.startsWith("files") || file.contains("canary"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
