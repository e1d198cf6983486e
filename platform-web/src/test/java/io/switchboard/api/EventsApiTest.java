package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Role;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Live events: of the listener's own tenant, and for as long as they may listen.
 *
 * <p>Checklist: ASVS 8.3.2 and 7.4.2, for live events.
 */
class EventsApiTest extends WebTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    SimulatorService simulator;

    @Autowired
    TenancyService tenancy;

    @Test
    void tells_of_messages_and_their_statuses() {
        SignedInOwner owner = newTenant();
        ChannelId channel = simulatorOf(owner);
        Listener listener = listen(token(owner));

        simulator.write(owner.tenant().id(), channel, "ann", "When do you open?");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(listener.messages("IN")
                                .map(message -> message.path("status").asString()))
                        .endsWith("ANSWERED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(listener.messages("OUT")
                                .map(message -> message.path("status").asString()))
                        .endsWith("DELIVERED"));
        assertThat(listener.messages("IN")
                        .findFirst()
                        .orElseThrow()
                        .path("text")
                        .asString())
                .isEqualTo("When do you open?");
    }

    @Test
    void tells_of_a_documents_progress_until_it_is_gone() {
        SignedInOwner owner = newTenant();
        String base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Handbook"))
                .text("id");
        Listener listener = listen(token(owner));

        String document = owner.api()
                .upload(
                        "/api/v1/knowledge-bases/" + base + "/documents",
                        "hours.txt",
                        "text/plain",
                        "The museum opens at nine.".getBytes(StandardCharsets.UTF_8))
                .text("id");
        await().atMost(SOON)
                .until(() -> listener.frames("document")
                        .anyMatch(
                                frame -> frame.at("/document/status").asString().equals("READY")));
        owner.api().delete("/api/v1/documents/" + document);

        await().atMost(SOON)
                .until(() -> listener.frames("document.deleted")
                        .anyMatch(frame -> frame.path("id").asString().equals(document)));
    }

    @Test
    void does_not_tell_of_another_tenants_messages_and_documents() {
        SignedInOwner mine = newTenant();
        SignedInOwner theirs = newTenant();
        ChannelId channel = simulatorOf(theirs);
        Listener listener = listen(token(mine));
        Listener witness = listen(token(theirs));

        simulator.write(theirs.tenant().id(), channel, "ann", "A secret");
        theirs.api().post("/api/v1/knowledge-bases", Map.of("name", "Theirs"));

        await().atMost(SOON).until(() -> witness.messages("OUT").findAny().isPresent());
        assertThat(listener.frames).hasSize(1); // "ready"
        assertThat(listenerRefused("{\"accessToken\":\"" + token(mine) + "\",\"tenant\":\""
                        + theirs.tenant().slug() + "\"}"))
                .isEqualTo(4401);
    }

    @Test
    void tells_each_role_what_it_may_read() {
        SignedInOwner owner = newTenant();
        ChannelId channel = simulatorOf(owner);
        Listener editor = listen(tokenOf(newMember(owner.tenant(), Role.EDITOR)));
        Listener witness = listen(token(owner));

        simulator.write(owner.tenant().id(), channel, "ann", "Private words");

        await().atMost(SOON).until(() -> witness.messages("OUT").findAny().isPresent());
        assertThat(editor.frames).hasSize(1);
    }

    @Test
    void lets_nobody_in_without_a_valid_token() {
        assertThat(listenerRefused("{\"accessToken\":\"forged\"}")).isEqualTo(4401);
        assertThat(listenerRefused("no json")).isEqualTo(4401);
        assertThat(listenerRefused("{}")).isEqualTo(4401);
        assertThat(listenerRefused(null)).as("silence").isEqualTo(4401);
    }

    @Test
    void closes_soon_after_user_tenant_or_sign_in_are_ended() {
        SignedInOwner suspended = newTenant();
        SignedInOwner paused = newTenant();
        SignedInOwner signedOut = newTenant();
        String token = token(signedOut);
        Listener user = listen(token(suspended));
        Listener tenant = listen(token(paused));
        Listener session = listen(token);

        access.changeSuspension(suspended.owner().id(), true);
        tenancy.changeStatus(paused.tenant().id(), TenantStatus.SUSPENDED);
        assertThat(anonymous().withToken(token).post("/api/v1/auth/logout").status())
                .isBetween(200, 204);

        for (Listener listener : List.of(user, tenant, session)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> listener.closed.isDone());
            assertThat(listener.closed.join()).isEqualTo(4401);
        }
    }

    @Test
    void refuses_pages_of_other_origins() {
        assertThatThrownBy(() -> connect(new Listener(), "https://evil.example"))
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("status code 403");

        Listener ours = new Listener();
        connect(ours, "http://localhost:" + port).abort();
    }

    private ChannelId simulatorOf(SignedInOwner owner) {
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Desk", "knowledgeBaseIds", List.of(), "mergeWaitMillis", 0))
                .text("id");
        return simulator
                .channelFor(owner.tenant().id(), new BotId(UUID.fromString(bot)))
                .id();
    }

    private String token(SignedInOwner owner) {
        return anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", owner.owner().email().value(), "password", PASSWORD))
                .text("accessToken");
    }

    private static String tokenOf(ApiClient member) {
        return member.header("Authorization").substring("Bearer ".length());
    }

    private Listener listen(String token) {
        Listener listener = new Listener();
        connect(listener, null)
                .sendText("{\"accessToken\":\"" + token + "\"}", true)
                .join();
        await().atMost(SOON).until(() -> listener.frames("ready").findAny().isPresent());
        return listener;
    }

    private int listenerRefused(String firstFrame) {
        Listener listener = new Listener();
        WebSocket socket = connect(listener, null);
        if (firstFrame != null) {
            socket.sendText(firstFrame, true).join();
        }
        await().atMost(SOON).until(listener.closed::isDone);
        assertThat(listener.frames).isEmpty();
        return listener.closed.join();
    }

    private WebSocket connect(Listener listener, String origin) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(URI.create("ws://localhost:" + port + "/api/v1/events"), listener)
                .join();
    }

    private static final class Listener implements WebSocket.Listener {

        final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();

        Stream<JsonNode> frames(String type) {
            return frames.stream().filter(frame -> frame.path("type").asString().equals(type));
        }

        Stream<JsonNode> messages(String direction) {
            return frames("message")
                    .map(frame -> frame.path("message"))
                    .filter(message -> message.path("direction").asString().equals(direction));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(JSON.readTree(partial.toString()));
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
