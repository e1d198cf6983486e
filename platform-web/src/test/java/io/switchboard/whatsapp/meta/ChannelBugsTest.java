package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.world.FakeMeta;
import io.switchboard.world.MetaNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs that other bots had, where no other test stands for them; and the page that names the tests of all of them. */
class ChannelBugsTest extends MetaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
    }

    @Test
    @DisplayName("echo filter by text: a customer who repeats the bot's sentence is answered")
    void answers_a_customer_who_repeats_the_bots_words() {
        line.webhook().text(newMessageId(), "4915550001", "When do you open?");
        FakeMeta.Send first = awaitReplies(1).getFirst();

        line.webhook().text(newMessageId(), "4915550001", first.text());

        assertThat(awaitReplies(2)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, 600})
    @DisplayName("over-eager stale drop: a clock that is wrong by minutes costs no answer")
    void answers_a_message_whose_clock_is_wrong_by_minutes(long secondsOff) {
        line.webhook()
                .deliver(line.webhook()
                        .envelope(Map.of(
                                "messages",
                                List.of(Map.of(
                                        "id",
                                        newMessageId(),
                                        "from",
                                        "4915550001",
                                        "timestamp",
                                        Long.toString(Instant.now().getEpochSecond() + secondsOff),
                                        "type",
                                        "text",
                                        "text",
                                        Map.of("body", "When do you open?"))))));

        assertThat(awaitReplies(1)).hasSize(1);
    }

    @Test
    @DisplayName("no signature check at all: there is no channel without a secret")
    void makes_no_channel_without_a_secret() {
        for (String secret : new String[] {null, "", "   "}) {
            Map<String, Object> request = new HashMap<>(MetaNumber.next().channel(line.botId()));
            if (secret == null) {
                request.remove("appSecret");
            } else {
                request.put("appSecret", secret);
            }
            assertThat(line.owner().api().post("/api/v1/channels", request).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void have_tests_that_the_page_on_them_names_rightly() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/channel-bugs.md")).stream()
                .filter(row -> row.startsWith("|") && !row.startsWith("|---") && !row.startsWith("| Kind"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(19);
        Map<String, String> sources = testSources();
        List<String> wrong = new ArrayList<>();
        for (String row : rows) {
            List<MatchResult> named = NAMED_TEST.matcher(row).results().toList();
            assertThat(named).as(row).isNotEmpty();
            named.stream()
                    .filter(test -> !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                    .forEach(test -> wrong.add(test.group()));
        }
        assertThat(wrong).as("tests that do not exist").isEmpty();
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("platform-core", "platform-web")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }

    private List<FakeMeta.Send> awaitReplies(int count) {
        await().atMost(PATIENCE).until(() -> line.number().delivered().size() >= count);
        return line.number().delivered();
    }
}
