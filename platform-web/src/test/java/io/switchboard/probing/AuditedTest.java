package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditFilter;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.permissions.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever changes something through the API leaves an entry that says who did it and from where.
 *
 * <p>Checklist: ASVS 16.2.x and 16.4.x, 5.4.1 and 5.4.2.
 */
class AuditedTest extends WebTest {

    /** These ask only, or are a person's own coming and going. */
    private static final Set<String> NOT_ADMINISTRATION = Set.of(
            "POST /api/v1/knowledge-bases/{}/search",
            "POST /api/v1/bots/{}/ask",
            "POST /api/v1/auth/login",
            "POST /api/v1/auth/refresh",
            "POST /api/v1/auth/logout");

    @Autowired
    WorldMaker worlds;

    @Autowired
    Endpoints endpoints;

    @Autowired
    AuditService audit;

    @Test
    void writes_down_every_change_with_who_made_it_and_from_where() {
        World world = worlds.make('a');
        HttpCaller http = new HttpCaller(URI.create("http://localhost:" + port));
        Set<String> seen = new TreeSet<>();
        Map<String, EndpointCase> cases = Endpoints.cases();

        cases.forEach((shape, known) -> endpoints.all().stream()
                .filter(endpoint -> endpoint.shape().equals(shape))
                .filter(endpoint ->
                        endpoint.requires() != null && !endpoint.method().equals("GET"))
                .filter(endpoint -> !NOT_ADMINISTRATION.contains(shape) && known.ownStatus() == null)
                .forEach(endpoint -> {
                    List<AuditEntry> before = entries(world);
                    Answer answer = http.call(
                            known, world.values(), world.value("app-secret"), world.value("token"), null, Map.of());
                    assertThat(answer.success())
                            .as(shape + " " + answer.status())
                            .isTrue();
                    List<AuditEntry> added = entries(world).stream()
                            .filter(entry -> !before.contains(entry))
                            .toList();
                    if (shape.endsWith("/resume")) {
                        return; // of a channel that runs: nothing changes
                    }
                    assertThat(added).as(shape).isNotEmpty().allSatisfy(entry -> {
                        assertThat(entry.actor().id())
                                .isEqualTo(world.owner().id().value());
                        assertThat(entry.origin().address()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
                        assertThat(entry.origin().agent()).contains("Java");
                        assertThat(entry.toString())
                                .doesNotContain(world.value("access-token"), world.value("app-secret"));
                    });
                    seen.add(shape);
                }));

        assertThat(seen).hasSizeGreaterThan(15);
    }

    @Test
    void hands_entries_and_their_table_to_administrators_only() {
        SignedInOwner owner = newTenant();
        SignedInOwner other = newTenant();
        owner.api().post("/api/v1/knowledge-bases", Map.of("name", "=HYPERLINK(\"http://evil\")"));
        other.api().post("/api/v1/knowledge-bases", Map.of("name", "Theirs"));

        ApiClient.Reply list = owner.api().get("/api/v1/audit?object=knowledge+base&actor=olivia");
        ApiClient.Reply table = owner.api().get("/api/v1/audit/export?object=knowledge+base");

        assertThat(list.json().path("items").size()).isEqualTo(1);
        assertThat(list.text("/items/0/action")).isEqualTo("created");
        assertThat(list.text("/items/0/actor")).isEqualTo("Olivia Owner");
        assertThat(list.text("/items/0/userAgent")).contains("Java");
        assertThat(table.header("Content-Type")).startsWith("text/csv");
        assertThat(table.header("Content-Disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
        assertThat(table.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(table.response().body())
                .contains("\"'=HYPERLINK(\"\"http://evil\"\")\"")
                .doesNotContain("Theirs");
        assertThat(newMember(owner.tenant(), Role.EDITOR).get("/api/v1/audit").status())
                .isEqualTo(403);
        assertThat(owner.api().get("/api/v1/operator-audit").status()).isEqualTo(403);
    }

    @Test
    void filters_entries_by_what_the_address_says() {
        SignedInOwner owner = newTenant();
        owner.api().post("/api/v1/knowledge-bases", Map.of("name", "First"));
        owner.api().post("/api/v1/knowledge-bases", Map.of("name", "Second"));
        String at = owner.api().get("/api/v1/audit?object=knowledge+base").text("/items/0/at");

        assertThat(found(owner, "actor=olivia")).isEqualTo(2);
        assertThat(found(owner, "actor=nobody")).isZero();
        assertThat(found(owner, "action=created")).isEqualTo(2);
        assertThat(found(owner, "action=removed")).isZero();
        assertThat(found(owner, "from=" + at)).isEqualTo(1);
        assertThat(found(owner, "until=" + at)).isEqualTo(1);
        assertThat(found(owner, "actor=&action=&from=&until=")).isEqualTo(2);
        ApiClient.Reply refused = owner.api().get("/api/v1/audit?from=yesterday");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("from");
        assertThat(refused.text("/errors/0/message")).isEqualTo("has the wrong form");
    }

    private static int found(SignedInOwner owner, String filter) {
        return owner.api()
                .get("/api/v1/audit?object=knowledge+base&" + filter)
                .json()
                .path("items")
                .size();
    }

    @Test
    void writes_down_what_operators_do() {
        ApiClient operator = newOperator();
        SignedInOwner owner = newTenant();
        String id = owner.tenant().id().toString();

        operator.post("/api/v1/tenants/" + id + "/suspend");
        operator.put("/api/v1/plans/audited", Map.of("answersPerMonth", 7));

        ApiClient.Reply list = operator.get("/api/v1/operator-audit?limit=2");
        assertThat(list.text("/items/0/object")).isEqualTo("plan");
        assertThat(list.text("/items/0/detail")).contains("audited", "7");
        assertThat(list.text("/items/1/action")).isEqualTo("status changed");
        assertThat(list.text("/items/1/objectId")).isEqualTo(id);
        assertThat(list.text("/items/1/address")).isNotBlank();
        assertThat(operator.get("/api/v1/operator-audit/export?object=plan")
                        .response()
                        .body())
                .contains("audited");
    }

    private List<AuditEntry> entries(World world) {
        return audit.list(world.id(), AuditFilter.ALL, PageRequest.first(PageRequest.MAX_LIMIT))
                .items();
    }
}
