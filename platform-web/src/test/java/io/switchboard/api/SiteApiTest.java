package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.TestSite;
import io.switchboard.WebTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Whole web sites as sources of documents, from a site on this machine that the operator allows. */
@TestPropertySource(properties = "switchboard.allow-private-networks=true")
class SiteApiTest extends WebTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestSite site;
    private SignedInOwner owner;
    private String base;

    @BeforeEach
    void openSite() throws IOException {
        site = TestSite.open();
        owner = newTenant();
        base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Site"))
                .text("id");
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    @Test
    void follows_the_links_of_a_site_within_its_rules() {
        site.put("/robots.txt", "User-agent: *\nDisallow: /private\n");
        site.page(
                "/",
                "Welcome.",
                "/hours",
                "/private",
                "/old/prices",
                "https://www.example.org/",
                "/hours#sunday",
                "/a.png");
        site.page("/hours", "The museum opens at nine.", "/", "/deep?sid=12345");
        site.page("/deep", "The archive opens at two.", "/deeper");
        site.page("/deeper", "Too deep to be read.");
        site.page("/private", "Not for programs.");
        site.page("/old/prices", "Five euros.");

        JsonNode done =
                awaitState(add(Map.of("address", site.url("/"), "maxDepth", 2, "exclude", List.of("/old/*"))), "DONE");

        assertThat(documents()).containsExactlyInAnyOrder(site.url("/"), site.url("/hours"), site.url("/deep"));
        assertThat(done.path("changed").asInt()).isEqualTo(3);
        assertThat(done.path("progress").asDouble()).isEqualTo(1.0);
        assertThat(done.path("nextRunAt").asString()).isNotEmpty();
        assertThat(site.requests()).containsOnlyOnce("/ 200", "/hours 200", "/deep 200", "/robots.txt 200");
        assertThat(site.requests()).doesNotContain("/private 200", "/old/prices 200", "/deeper 200");
        assertThat(site.mostOpen()).isEqualTo(1);
        awaitReady();
        assertThat(passage("When does the archive open?")).contains("at two");
    }

    @Test
    void reads_only_what_has_changed_and_takes_away_what_two_runs_did_not_find() {
        site.page("/", "Welcome.", "/hours", "/prices", "/news");
        site.page("/hours", "The museum opens at nine.");
        site.page("/prices", "A ticket is twelve euros.");
        site.page("/news", "The brig has arrived.");
        String id = add(Map.of("address", site.url("/")));
        awaitState(id, "DONE");
        awaitReady();
        Map<String, String> before = versions();
        site.page("/hours", "The museum opens at eleven.");
        site.remove("/prices");
        site.answerWith("/news", 503);
        site.forgetRequests();

        JsonNode second = refreshed(id);

        assertThat(site.requests()).contains("/ 304", "/hours 200", "/prices 404", "/news 503");
        assertThat(second.path("changed").asInt()).isEqualTo(1);
        assertThat(second.path("removed").asInt()).isZero();
        assertThat(documents()).hasSize(4);
        awaitReady();
        assertThat(passage("When does the museum open?")).contains("eleven");
        assertThat(versions().keySet()).isEqualTo(before.keySet());

        JsonNode third = refreshed(id);

        assertThat(third.path("removed").asInt()).isEqualTo(1);
        assertThat(third.path("changed").asInt()).isZero();
        assertThat(documents())
                .as("a page that fails for a while stays")
                .containsExactlyInAnyOrder(site.url("/"), site.url("/hours"), site.url("/news"));
    }

    @Test
    void takes_a_sitemap_where_documents_are_added_and_shows_it_like_one() {
        site.put("/robots.txt", "User-agent: *\nCrawl-delay: 2\n");
        site.put("/sitemap.xml", """
                <?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap><loc>%s</loc></sitemap></sitemapindex>""".formatted(site.url("/one.xml")));
        site.put("/one.xml", """
                <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <url><loc>%s</loc></url><url><loc>%s</loc></url><url><loc>https://www.example.org/</loc></url></urlset>""".formatted(site.url("/a"), site.url("/b")));
        site.page("/a", "The captain is called Ada.", "/not-in-the-sitemap");
        site.page("/b", "The cook is called Bob.");

        ApiClient.Reply reply = owner.api()
                .post("/api/v1/knowledge-bases/" + base + "/documents", Map.of("sitemap", site.url("/sitemap.xml")));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        assertThat(reply.text("status")).isEqualTo("PENDING");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode document =
                    owner.api().get("/api/v1/documents/" + reply.text("id")).json();
            assertThat(document.path("status").asString())
                    .as(document.toString())
                    .isEqualTo("READY");
            assertThat(document.path("chunks").asInt()).isEqualTo(2);
        });
        assertThat(documents()).containsExactlyInAnyOrder(site.url("/a"), site.url("/b"));
        assertThat(owner.api().delete("/api/v1/documents/" + reply.text("id")).status())
                .isEqualTo(204);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sources()).isEmpty());
        assertThat(documents()).isEmpty();
        assertThat(passage("What is the cook called?")).isEmpty();
    }

    @Test
    void leaves_out_what_a_header_keeps_back_and_takes_the_address_that_a_page_calls_its_own() {
        site.page("/", "Welcome.", "/hidden", "/hours?print=1", "/left", "/right");
        site.page("/hidden", "Not for programs.");
        site.askRobots("/hidden", "noindex");
        site.put(
                "/hours?print=1",
                "<html><head><link rel=canonical href='/hours'></head><body>We open at nine.</body></html>");
        site.page("/hours", "We open at nine.");
        site.put("/left", "<html><head><link rel=canonical href='/right'></head><body>Left says eleven.</body></html>");
        site.put(
                "/right", "<html><head><link rel=canonical href='/left'></head><body>Right says twelve.</body></html>");

        awaitState(add(Map.of("address", site.url("/"))), "DONE");

        assertThat(documents()).contains(site.url("/"), site.url("/hours")).hasSize(3);
        assertThat(documents())
                .as("one of two that name each other")
                .containsAnyOf(site.url("/left"), site.url("/right"));
    }

    @Test
    void gives_all_pages_of_a_site_its_owner_and_its_end() {
        site.page("/", "Welcome.", "/hours");
        site.page("/hours", "The museum opens at nine.");
        String id = add(Map.of("address", site.url("/"), "owner", "Ada"));
        awaitState(id, "DONE");
        awaitReady();
        assertThat(list())
                .allSatisfy(page -> assertThat(page.path("owner").asString()).isEqualTo("Ada"));
        assertThat(passage("When does the museum open?")).contains("nine");

        ApiClient.Reply reply = owner.api().patch(path(id), Map.of("validUntil", "2020-01-01T00:00:00Z"));

        assertThat(reply.text("owner")).as(reply.toString()).isEqualTo("Ada");
        assertThat(list())
                .hasSize(2)
                .allSatisfy(
                        page -> assertThat(page.path("validUntil").asString()).startsWith("2020"));
        assertThat(passage("When does the museum open?")).isEmpty();
        JsonNode freed = owner.api()
                .patch(path(id), Map.of("validUntil", "", "owner", ""))
                .json();
        assertThat(freed.path("owner").isNull()).as(freed.toString()).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(passage("When does the museum open?")).contains("nine"));
    }

    @Test
    void stops_when_asked_and_keeps_what_it_has() {
        String[] links = new String[200];
        for (int i = 0; i < links.length; i++) {
            links[i] = "/" + i;
            site.page("/" + i, "Page number " + i + ".");
        }
        site.page("/", "Welcome.", links);
        String id = add(Map.of("address", site.url("/"), "refreshHours", 0));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(documents()).hasSizeGreaterThan(1));

        JsonNode stopped = owner.api().post(path(id) + "/stop").json();

        assertThat(stopped.path("state").asString()).isEqualTo("STOPPED");
        assertThat(stopped.path("nextRunAt").isNull()).isTrue();
        awaitReady();
        int asked = site.requests().size();
        assertThat(asked).isLessThan(links.length);
        assertThat(documents()).hasSizeGreaterThan(1).hasSizeLessThan(links.length);
    }

    @Test
    void leaves_a_site_alone_that_does_not_want_it_or_is_not_well() {
        site.page("/", "Welcome.", "/a");
        site.page("/a", "More.");
        site.answerWith("/robots.txt", 500);
        String id = add(Map.of("address", site.url("/")));
        JsonNode unwell = awaitState(id, "FAILED");
        assertThat(unwell.path("problem").asString()).contains("status 500");
        site.put("/robots.txt", "User-agent: switchboard\nDisallow: /\n");

        JsonNode unwanted = awaitState(add(Map.of("address", site.url("/start"))), "FAILED");

        assertThat(unwanted.path("problem").asString()).contains("robots.txt forbids");
        assertThat(site.requests()).containsOnly("/robots.txt 500", "/robots.txt 200");
        assertThat(documents()).isEmpty();
    }

    @Test
    void says_what_is_wrong_with_a_source() {
        assertThat(post(Map.of("address", "ftp://example.org/")).status()).isEqualTo(400);
        assertThat(post(Map.of("address", site.url("/"), "include", List.of("docs")))
                        .text("detail"))
                .contains("invalid fields");
        assertThat(post(Map.of("address", site.url("/"), "maxPages", 0)).status())
                .isEqualTo(400);
        assertThat(awaitState(add(Map.of("address", site.url("/sitemap.xml"))), "FAILED")
                        .path("problem")
                        .asString())
                .contains("status 404");
    }

    private ApiClient.Reply post(Map<String, ?> body) {
        return owner.api().post("/api/v1/knowledge-bases/" + base + "/sources", body);
    }

    private String add(Map<String, ?> body) {
        ApiClient.Reply reply = post(body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        return reply.text("id");
    }

    private String path(String id) {
        return "/api/v1/knowledge-bases/" + base + "/sources/" + id;
    }

    private JsonNode refreshed(String id) {
        ApiClient.Reply reply = owner.api().post(path(id) + "/refresh");
        assertThat(reply.text("state")).as(reply.toString()).isEqualTo("WAITING");
        return awaitState(id, "DONE");
    }

    private JsonNode awaitState(String id, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> owner.api().get(path(id)).json(),
                        source -> source.path("state").asString().equals(state));
    }

    private void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(list())
                        .allSatisfy(document ->
                                assertThat(document.path("status").asString()).isEqualTo("READY")));
    }

    private List<JsonNode> list() {
        return StreamSupport.stream(
                        owner.api()
                                .get("/api/v1/knowledge-bases/" + base + "/documents?limit=100")
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .toList();
    }

    private Set<String> documents() {
        return list().stream().map(document -> document.path("name").asString()).collect(Collectors.toSet());
    }

    private Map<String, String> versions() {
        return list().stream()
                .collect(Collectors.toMap(
                        document -> document.path("id").asString(),
                        document -> document.path("name").asString()));
    }

    private List<JsonNode> sources() {
        return StreamSupport.stream(
                        owner.api()
                                .get("/api/v1/knowledge-bases/" + base + "/sources")
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .toList();
    }

    private String passage(String question) {
        return owner.api()
                .post("/api/v1/knowledge-bases/" + base + "/search", Map.of("query", question))
                .json()
                .at("/passages/0/passage")
                .asString("");
    }
}
