package io.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.WebTest;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Servers that tenants name may be dead; whoever asks them all must come round all the same. */
class CatchUpTest extends WebTest {

    @Autowired
    ConversationService conversations;

    @Autowired
    DeliveryNotes notes;

    @Autowired
    Clock clock;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final List<TenantId> done = Collections.synchronizedList(new ArrayList<>());
    private SignedInOwner dead;
    private SignedInOwner alive;
    private CatchUp catchUp;

    @BeforeEach
    void open() {
        dead = newTenant();
        alive = newTenant();
        catchUp = new CatchUp(ChannelProvider.WAHA, channels, conversations, notes, Duration.ofHours(1), clock) {
            @Override
            protected List<InboundMessage> fetch(RoutedChannel routed, Instant since) throws IOException {
                if (routed.tenant().equals(dead.tenant().id())) {
                    asked.incrementAndGet();
                    waitForAnswer();
                }
                done.add(routed.tenant());
                return List.of();
            }
        };
    }

    @AfterEach
    void end() {
        catchUp.stop();
    }

    @Test
    void asks_for_a_tenant_before_all_the_dead_servers_of_another() {
        List<RoutedChannel> servers =
                IntStream.range(0, 30).mapToObj(number -> server(dead)).toList();
        servers.forEach(catchUp::soon);
        await().until(() -> asked.get() == 8);

        catchUp.soon(server(alive));
        answered.countDown();

        await().until(() -> done.size() == 31);
        assertThat(done.indexOf(alive.tenant().id())).isLessThan(20);
    }

    @Test
    void ends_its_round_while_servers_are_silent() {
        server(dead);
        RoutedChannel other = server(alive);

        catchUp.round();

        await().until(() -> done.contains(other.tenant()));
        assertThat(done).doesNotContain(dead.tenant().id());
    }

    private RoutedChannel server(SignedInOwner owner) {
        String bot = owner.api()
                .post("/api/v1/bots", Map.of("name", "Front desk", "mergeWaitMillis", 0))
                .text("id");
        String id = owner.api()
                .post(
                        "/api/v1/channels",
                        Map.of(
                                "provider", "waha",
                                "name", "Main number",
                                "botId", bot,
                                "baseUrl", "http://127.0.0.1:9",
                                "apiKey", "waha-api-key-0123456789",
                                "session", "session-" + UUID.randomUUID(),
                                "hmacKey", "waha-hmac-key-0123456789"))
                .text("id");
        return new RoutedChannel(owner.tenant().id(), storedChannel(owner, id));
    }

    private void waitForAnswer() throws InterruptedIOException {
        try {
            answered.await();
        } catch (InterruptedException _) {
            throw new InterruptedIOException();
        }
    }
}
