package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Role;
import io.switchboard.simulator.SimulatorService;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class MessagesApiTest extends WebTest {

    @Autowired
    SimulatorService simulator;

    private record Desk(SignedInOwner owner, ChannelId channel) {

        ApiClient api() {
            return owner.api();
        }
    }

    @Test
    void lists_messages_of_all_conversations_newest_first_page_by_page() {
        Desk desk = open();
        write(desk, "ann", "One");
        write(desk, "ben", "Two");
        awaitCount(desk, 4);

        List<String> whole = texts(desk.api().get("/api/v1/messages"));
        JsonNode first = desk.api().get("/api/v1/messages?limit=3").json();
        JsonNode second = desk.api()
                .get("/api/v1/messages?limit=3&after=" + first.path("next").asString())
                .json();

        assertThat(whole).hasSize(4).contains("One", "Two");
        assertThat(whole.indexOf("Two")).isLessThan(whole.indexOf("One"));
        assertThat(first.path("items")).hasSize(3);
        assertThat(Stream.of(first, second).flatMap(page -> page.path("items").valueStream()))
                .extracting(message -> message.path("text").asString())
                .containsExactlyElementsOf(whole);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void filters_by_channel_conversation_direction_status_and_day() {
        Desk desk = open();
        write(desk, "ann", "One");
        write(desk, "ben", "Two");
        awaitCount(desk, 4);
        String conversation = desk.api().get("/api/v1/messages?direction=IN").text("/items/0/conversationId");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        assertThat(texts(desk.api().get("/api/v1/messages?direction=IN"))).containsExactly("Two", "One");
        assertThat(texts(desk.api().get("/api/v1/messages?direction=IN&conversation=" + conversation)))
                .containsExactly("Two");
        assertThat(texts(desk.api().get("/api/v1/messages?channel=" + desk.channel())))
                .hasSize(4);
        assertThat(texts(desk.api().get("/api/v1/messages?channel=" + UUID.randomUUID())))
                .isEmpty();
        assertThat(texts(desk.api().get("/api/v1/messages?status=ANSWERED"))).containsExactly("Two", "One");
        assertThat(texts(desk.api().get("/api/v1/messages?status=STALE"))).isEmpty();
        assertThat(texts(desk.api().get("/api/v1/messages?from=" + today.minusDays(1) + "&to=" + today.plusDays(1))))
                .hasSize(4);
        assertThat(texts(desk.api().get("/api/v1/messages?to=" + today.minusDays(2))))
                .isEmpty();
    }

    @Test
    void refuses_filters_that_mean_nothing() {
        ApiClient api = newTenant().api();

        for (String query :
                List.of("status=LOST", "direction=UP", "channel=5", "from=yesterday", "after=x", "limit=0")) {
            ApiClient.Reply reply = api.get("/api/v1/messages?" + query);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(reply.text("/errors/0/field")).isEqualTo(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void does_not_show_another_tenants_messages() {
        Desk theirs = open();
        write(theirs, "ann", "Their secret");
        awaitCount(theirs, 2);
        String conversation = theirs.api().get("/api/v1/messages").text("/items/0/conversationId");
        SignedInOwner mine = newTenant();

        assertThat(texts(mine.api().get("/api/v1/messages"))).isEmpty();
        assertThat(texts(mine.api().get("/api/v1/messages?conversation=" + conversation)))
                .isEmpty();
        assertThat(texts(mine.api().get("/api/v1/messages?channel=" + theirs.channel())))
                .isEmpty();
        assertThat(newMember(theirs.owner().tenant(), Role.EDITOR)
                        .get("/api/v1/messages")
                        .status())
                .isEqualTo(403);
    }

    private Desk open() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Desk", "knowledgeBaseIds", List.of(), "mergeWaitMillis", 0));
        assertThat(bot.status()).as(bot.toString()).isEqualTo(201);
        ChannelId channel = simulator
                .channelFor(owner.tenant().id(), new BotId(UUID.fromString(bot.text("id"))))
                .id();
        return new Desk(owner, channel);
    }

    private void write(Desk desk, String visitor, String text) {
        simulator.write(desk.owner().tenant().id(), desk.channel(), visitor, text);
    }

    private static void awaitCount(Desk desk, int count) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode items = desk.api().get("/api/v1/messages").json().path("items");
            assertThat(items).hasSize(count);
            assertThat(items.valueStream()
                            .filter(item -> item.path("status").asString().equals("RECEIVED")))
                    .isEmpty();
        });
    }

    private static List<String> texts(ApiClient.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json()
                .path("items")
                .valueStream()
                .map(message -> message.path("text").asString())
                .toList();
    }
}
