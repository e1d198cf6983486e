package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotApiTest extends WebTest {

    SignedInOwner owner;

    @BeforeEach
    void found() {
        owner = newTenant();
    }

    @Test
    void offers_up_to_ten_suggestions() {
        ApiClient.Reply made = owner.api()
                .post(
                        "/api/v1/bots",
                        Map.of("name", "Front desk", "quickReplies", List.of("Prices", " Opening hours ")));
        String path = "/api/v1/bots/" + made.text("id");

        assertThat(made.text("/published/quickReplies/1")).isEqualTo("Opening hours");
        assertThat(owner.api().patch(path, Map.of("refusal", "No.")).text("/draft/quickReplies/0"))
                .isEqualTo("Prices");
        for (List<String> wrong : List.of(
                List.of("x".repeat(73)),
                List.of(" "),
                List.of("two\nlines"),
                List.of("two\u0085lines"),
                List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"))) {
            ApiClient.Reply refused = owner.api().patch(path, Map.of("quickReplies", wrong));
            assertThat(refused.status()).as(wrong.toString()).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).startsWith("quickReplies");
        }
    }

    @Test
    void publishes_a_new_bot_and_keeps_changes_until_they_are_published() {
        String base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Handbook", "language", "en"))
                .text("id");
        ApiClient.Reply made = owner.api()
                .post(
                        "/api/v1/bots",
                        Map.of(
                                "name",
                                "Front desk",
                                "knowledgeBaseIds",
                                List.of(base, base),
                                "instructions",
                                "Be brief.",
                                "refusal",
                                "I do not know.",
                                "mergeWaitMillis",
                                0,
                                "messagesPerMinute",
                                30));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String path = "/api/v1/bots/" + made.text("id");
        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(made.json().at("/published")).isEqualTo(made.json().at("/draft"));
        assertThat(made.json().at("/draft/knowledgeBaseIds")).hasSize(1);
        assertThat(made.json().at("/draft/mergeWaitMillis").asInt()).isZero();

        ApiClient.Reply changed = owner.api().patch(path, Map.of("refusal", "Ask at the desk."));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.text("/draft/refusal")).isEqualTo("Ask at the desk.");
        assertThat(changed.text("/draft/instructions")).isEqualTo("Be brief.");
        assertThat(changed.json().at("/draft/messagesPerMinute").asInt()).isEqualTo(30);
        assertThat(changed.text("/published/refusal")).isEqualTo("I do not know.");

        ApiClient.Reply published = owner.api().post(path + "/publish");

        assertThat(published.status()).isEqualTo(200);
        assertThat(published.json().path("version").asInt()).isEqualTo(2);
        assertThat(published.text("/published/refusal")).isEqualTo("Ask at the desk.");
        assertThat(owner.api().get(path).json()).isEqualTo(published.json());
    }

    @ParameterizedTest
    @CsvSource({
        "name, ' '",
        "name,",
        "refusal, ' '",
        "budgetSpent, ''",
        "mergeWaitMillis, -1",
        "mergeWaitMillis, 30001",
        "messagesPerMinute, 0",
        "colour, red",
        "knowledgeBaseIds, not-a-list",
    })
    void names_the_field_that_is_wrong(String field, String value) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "Front desk"));
        if (value == null) {
            body.remove(field);
        } else {
            body.put(field, field.startsWith("me") ? (Object) Integer.valueOf(value) : value);
        }

        ApiClient.Reply reply = owner.api().post("/api/v1/bots", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void refuses_text_that_cannot_be_stored() {
        ApiClient.Reply reply = owner.api().post("/api/v1/bots", "{\"name\": \"Front\\u0000desk\"}");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/field")).isEqualTo("name");
    }

    @Test
    void does_not_show_another_tenants_bots() {
        String path = "/api/v1/bots/"
                + owner.api().post("/api/v1/bots", Map.of("name", "Mine")).text("id");
        ApiClient stranger = newTenant().api();

        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.patch(path, Map.of("name", "Stolen")).status()).isEqualTo(404);
        assertThat(stranger.post(path + "/publish").status()).isEqualTo(404);
        assertThat(stranger.post(path + "/ask", Map.of("question", "Who?")).status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/bots").json().path("items")).isEmpty();
        assertThat(owner.api().get("/api/v1/bots/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void knows_no_knowledge_base_of_another_tenant() {
        String theirs = newTenant()
                .api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Secrets"))
                .text("id");

        ApiClient.Reply reply =
                owner.api().post("/api/v1/bots", Map.of("name", "Spy", "knowledgeBaseIds", List.of(theirs)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
        assertThat(owner.api().get("/api/v1/bots").json().path("items")).isEmpty();
    }

    @Test
    void lets_editors_change_bots_and_agents_only_ask() {
        ApiClient editor = newMember(owner.tenant(), Role.EDITOR);
        ApiClient agent = newMember(owner.tenant(), Role.AGENT);

        assertThat(editor.post("/api/v1/bots", Map.of("name", "Front desk")).status())
                .isEqualTo(201);
        assertThat(agent.post("/api/v1/bots", Map.of("name", "Front desk")).status())
                .isEqualTo(403);
        assertThat(agent.get("/api/v1/bots").json().path("items")).hasSize(1);
    }
}
