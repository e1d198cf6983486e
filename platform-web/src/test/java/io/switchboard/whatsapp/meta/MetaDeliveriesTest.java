package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole deliveries through the webhook of the running program, each with the effect it must have. */
class MetaDeliveriesTest extends MetaTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What each file of the recorded deliveries beside the project must leave behind. */
    private static final Map<String, List<Row>> RECORDED = Map.of(
            "meta-openapi-interactive-button-reply-message.json", List.of(in("CHOICE", "Cancel")),
            "meta-openapi-interactive-list-reply-message.json", List.of(in("CHOICE", "Priority Mail Express")),
            "meta-openapi-location-message.json",
                    List.of(in(
                            "LOCATION",
                            "Philz Coffee, 101 Forest Ave, Palo Alto, CA 94301, 37.44221496582 -122.16165924072")),
            "netflie-two-changes-one-entry.json", List.of(in("TEXT", "MESSAGE_BODY")),
            "pywa-message-voice.json", List.of(in("MEDIA", null)),
            "pywa-outgoing_message-text.json", List.of(out("Test message")),
            "pywa-system-phone_number_change.json",
                    List.of(in("SYSTEM", "User A changed from 972987654321 to 972912345678")),
            "restfb-incoming-message-status-errors.json", List.of(),
            "restfb-incoming-message-text-bsuid.json", List.of(),
            "restfb-incoming-message-unsupported.json",
                    List.of(in("UNSUPPORTED", "Messagetypeiscurrentlynotsupported.")));

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    private record Row(String direction, String kind, String text) {}

    private static Row in(String kind, String text) {
        return new Row("IN", kind, text);
    }

    private static Row out(String text) {
        return new Row("OUT", "PERSON", text);
    }

    @Test
    @DisplayName("missing fields, BSUID, one bad element kills all, groups: our own deliveries, each with its effect")
    void have_the_effect_that_is_written_beside_each() throws IOException {
        JsonNode cases = ownDeliveries();
        assertThat(cases.size()).isGreaterThan(10);

        for (JsonNode each : cases) {
            String name = each.path("case").asString();
            Line line = newLine(newTenant(), List.of());
            deliver(line, each);
            deliver(line, each);

            assertThat(texts(line, """
                            select kind || '|' || coalesce(text, '-') || '|' || coalesce(media -> 0 ->> 'type' || ' '
                                   || (media -> 0 ->> 'reference'), '-')
                              from inbox where tenant_id = :tenant order by sent_at, seq
                            """)).as(name).containsExactlyElementsOf(expectedInbox(each));
            assertThat(texts(line, "select text from reply where tenant_id = :tenant and author is not null"))
                    .as(name)
                    .containsExactlyElementsOf(strings(each.path("replies")));
            assertThat(texts(line, "select kind || ' ' || value from contact_alias where tenant_id = :tenant"))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(strings(each.path("aliases")));
            assertThat(texts(line, "select reply_address from contact where tenant_id = :tenant"))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(strings(each.path("addresses")));
        }
    }

    @Test
    void of_others_have_the_effect_that_is_expected_of_each() {
        List<Path> files = Fixtures.deliveries();
        assumeThat(files).as("no recorded deliveries beside the project").isNotEmpty();
        int known = 0;
        for (Path file : files) {
            List<Row> expected = RECORDED.get(file.getFileName().toString());
            if (expected == null) {
                continue;
            }
            known++;
            Line line = newLine(newTenant(), List.of());
            String body = Fixtures.read(file)
                    .replaceAll(
                            "\"phone_number_id\"\\s*:\\s*\"[^\"]*\"",
                            "\"phone_number_id\":\"" + line.webhook().phoneNumberId() + "\"");

            assertThat(line.webhook().deliver(body).status())
                    .as(file.toString())
                    .isEqualTo(200);

            assertThat(rows(line)).as(file.toString()).containsExactlyElementsOf(expected);
        }
        assertThat(known).isEqualTo(RECORDED.size());
    }

    /** Changes that must come one after the other are delivered apart. */
    private static void deliver(Line line, JsonNode each) {
        JsonNode delivery = each.path("delivery");
        List<String> bodies = new ArrayList<>();
        if (each.path("apart").asBoolean(false)) {
            for (JsonNode change : delivery.path("entry").path(0).path("changes")) {
                bodies.add(JSON.writeValueAsString(Map.of("entry", List.of(Map.of("changes", List.of(change))))));
            }
        } else {
            bodies.add(delivery.toString());
        }
        for (String body : bodies) {
            String addressed = body.replace("\"NUMBER\"", "\"" + line.webhook().phoneNumberId() + "\"");
            assertThat(line.webhook().deliver(addressed).status())
                    .as(each.path("case").asString())
                    .isEqualTo(200);
        }
    }

    private static List<String> expectedInbox(JsonNode each) {
        return each.path("inbox")
                .valueStream()
                .map(row -> row.path("kind").asString() + "|" + row.path("text").asString("-") + "|"
                        + row.path("media").asString("-"))
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private List<String> texts(Line line, String sql) {
        return transactions.call(
                line.owner().tenant().id(),
                () -> jdbc.sql(sql)
                        .param("tenant", line.owner().tenant().id().value())
                        .query(String.class)
                        .list());
    }

    private List<Row> rows(Line line) {
        return transactions.call(
                line.owner().tenant().id(),
                () -> jdbc.sql("""
                                select 'IN' as direction, kind, text, seq from inbox where tenant_id = :tenant and channel_id = :channel
                                union all
                                select 'OUT', outcome, text, last_seq from reply
                                 where tenant_id = :tenant and channel_id = :channel and author is not null
                                order by 4
                                """)
                        .param("tenant", line.owner().tenant().id().value())
                        .param("channel", UUID.fromString(line.channelId()))
                        .query((row, number) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
                        .list());
    }

    private static JsonNode ownDeliveries() throws IOException {
        try (InputStream file = MetaDeliveriesTest.class.getClassLoader().getResourceAsStream("meta/deliveries.json")) {
            return JSON.readTree(file);
        }
    }
}
