package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.TenantId;
import io.switchboard.security.Callers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One listener at {@code /api/v1/events}. Frames wait in a bounded queue for a thread of the connection's own, so a slow client holds up
 * nobody; one that stays too far behind is sent away and reads the lists instead.
 */
final class EventConnection {

    static final CloseStatus TOO_SLOW = new CloseStatus(4408, "too slow; read the lists and connect again");

    private static final Duration SIGN_IN_WITHIN = Duration.ofSeconds(5);
    private static final Duration PING_EVERY = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int QUEUE = 256;
    private static final int REMEMBERED = 2_000;

    private final WebSocketSession session;
    private final Callers callers;
    private final Clock clock;
    private final BlockingQueue<WebSocketMessage<?>> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private final Instant opened;
    private final Map<UUID, String> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private volatile @Nullable Pass pass;
    private volatile Instant heard;
    private volatile Instant pinged;

    EventConnection(WebSocketSession session, Callers callers, Clock clock) {
        this.session = session;
        this.callers = callers;
        this.clock = clock;
        this.opened = clock.instant();
        this.heard = opened;
        this.pinged = opened;
        this.writer = Thread.ofVirtual().name("event-writer").start(this::write);
    }

    /** What lets the client in. */
    private record Pass(String token, @Nullable String slug, TenantId tenant) {}

    /** Lets the client in; a connection that is in already cannot change its tenant. Empty if the token does not let it in. */
    Optional<Caller> signIn(String token, @Nullable String slug) {
        Pass before = pass;
        String wanted = slug == null && before != null ? before.slug() : slug;
        Optional<Caller> caller = callers.withToken(token, wanted)
                .filter(found -> before == null || found.tenantId().equals(before.tenant()));
        caller.ifPresent(found -> pass = new Pass(token, wanted, found.tenantId()));
        return caller;
    }

    /** Null before the client has signed in. */
    @Nullable
    TenantId tenant() {
        Pass now = pass;
        return now == null ? null : now.tenant();
    }

    /** Asks anew whether the client may still be here, and what for; closes the connection if not. */
    Optional<Caller> caller() {
        Pass now = pass;
        Optional<Caller> caller = now == null ? Optional.empty() : callers.withToken(now.token(), now.slug());
        if (now != null && caller.isEmpty()) {
            close(EventSocket.SIGN_IN);
        }
        return caller;
    }

    /** Whether this is news to the client; what was over before it came is not. */
    boolean isNews(ListedMessage message) {
        Instant changed = message.timeline().getLast().at();
        synchronized (told) {
            String before = told.put(message.id(), message.status());
            return before == null ? !changed.isBefore(opened) : !before.equals(message.status());
        }
    }

    void send(String text) {
        offer(new TextMessage(text));
    }

    private void offer(WebSocketMessage<?> message) {
        if (!outgoing.offer(message)) {
            close(TOO_SLOW);
        }
    }

    private void write() {
        try {
            while (session.isOpen()) {
                session.sendMessage(outgoing.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException _) {
            close(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    void heard() {
        heard = clock.instant();
    }

    /** Every second or two: sends away who did not sign in, may no longer be here or does not answer, and pings the others. */
    void look() {
        Instant now = clock.instant();
        if (tenant() == null) {
            if (now.isAfter(opened.plus(SIGN_IN_WITHIN))) {
                close(EventSocket.SIGN_IN);
            }
            return;
        }
        if (now.isAfter(heard.plus(SILENCE))) {
            close(CloseStatus.SESSION_NOT_RELIABLE);
            return;
        }
        if (caller().isPresent() && now.isAfter(pinged.plus(PING_EVERY))) {
            pinged = now;
            offer(new PingMessage(ByteBuffer.allocate(0)));
        }
    }

    void close(CloseStatus status) {
        writer.interrupt();
        try {
            session.close(status);
        } catch (IOException | IllegalStateException _) {
            // it is gone, which is what was wanted
        }
    }
}
