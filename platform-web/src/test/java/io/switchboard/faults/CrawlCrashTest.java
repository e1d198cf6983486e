package io.switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.TestSite;
import io.switchboard.world.Installation;
import io.switchboard.world.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed while it reads a site, and its successor. */
class CrawlCrashTest {

    private static final int PAGES = 40;
    /** Waits that others have to bear; that the killed program is dead shows after four heartbeats. */
    private static final String[] QUICK = {
        "-XX:TieredStopAtLevel=1",
        "-Dswitchboard.crawling.delay=200ms",
        "-Ddb-scheduler.polling-interval=200ms",
        "-Ddb-scheduler.heartbeat-interval=3s"
    };

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    @Timeout(480)
    void a_crawl_goes_on_where_a_killed_program_has_left_it(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        try (TestSite site = TestSite.open()) {
            String[] links = Stream.iterate(1, i -> i <= PAGES, i -> i + 1)
                    .map(i -> "/" + i)
                    .toArray(String[]::new);
            site.page("/", "Welcome.", links);
            for (String link : links) {
                site.page(link, "Cabin " + link + " is painted in its own colour.");
            }
            Program.Launch launch = Program.Launch.of(Program.Code.ofThisClassPath(), directory.resolve("data"))
                    .with(Map.of(
                            "SWITCHBOARD_OPERATOR_EMAIL",
                            Installation.OPERATOR,
                            "SWITCHBOARD_OPERATOR_PASSWORD",
                            Installation.PASSWORD,
                            "SWITCHBOARD_ALLOW_PRIVATE_NETWORKS",
                            "true"))
                    .withFlags(QUICK);
            String source;
            try (Program program = launch.start()) {
                program.millisToHealthy();
                ApiClient api = Installation.of(program).newTenant("harbour").api();
                String base = api.post("/api/v1/knowledge-bases", Map.of("name", "Site"))
                        .text("id");
                source = "/api/v1/knowledge-bases/" + base + "/sources";
                source += "/"
                        + api.post(source, Map.of("address", site.url("/"), "refreshHours", 0))
                                .text("id");
                Awaitility.await().atMost(PATIENCE).until(() -> site.requests().size() > PAGES / 3);
                program.kill();
            }
            long before = site.requests().size();
            assertThat(before).isLessThan(PAGES);

            try (Program successor = launch.start()) {
                successor.millisToHealthy();
                ApiClient api = successor.signIn("owner@harbour.example", Installation.PASSWORD);
                String address = source;
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    var state = api.get(address).json();
                    assertThat(state.path("state").asString())
                            .as(state.toString())
                            .isEqualTo("DONE");
                    assertThat(state.path("ready").asInt()).as(state.toString()).isEqualTo(PAGES + 1);
                });
            }
            assertThat(site.requests().stream()
                            .filter(request -> request.matches("/\\d* 200"))
                            .count())
                    .as("requests for pages; the one that was open may be made twice")
                    .isBetween(PAGES + 1L, PAGES + 2L);
        }
    }
}
