package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.TenantId;
import io.switchboard.security.Callers;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door of {@code /api/v1/events}. Browsers cannot set headers on a WebSocket, so the first frame carries the token:
 * {@code {"accessToken": "…", "tenant": "slug"}}. A later frame of this form brings a fresher token.
 */
@Component
class EventSocket extends TextWebSocketHandler {

    static final CloseStatus SIGN_IN = new CloseStatus(4401, "send {\"accessToken\": …} that is valid");
    static final CloseStatus FULL = new CloseStatus(4429, "too many connections");

    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);
    private static final int MAX_FRAME = 8 * 1024;
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int MAX_PER_TENANT = 50;

    private final Callers callers;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<String, EventConnection> connections = new ConcurrentHashMap<>();

    EventSocket(Callers callers, JsonMapper json, Clock clock) {
        this.callers = callers;
        this.json = json;
        this.clock = clock;
    }

    /** @param tenant slug; null for the only membership */
    record SignInFrame(
            @Nullable String accessToken, @Nullable String tenant) {}

    /** All connections, signed in or not. */
    Iterable<EventConnection> connections() {
        return connections.values();
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        session.setTextMessageSizeLimit(MAX_FRAME);
        session.setBinaryMessageSizeLimit(MAX_FRAME);
        if (connections.size() >= MAX_CONNECTIONS) {
            session.close(FULL);
            return;
        }
        connections.put(session.getId(), new EventConnection(session, callers, clock));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        EventConnection connection = connections.get(session.getId());
        if (connection == null) {
            return;
        }
        Optional<Caller> caller = read(message.getPayload())
                .flatMap(frame -> connection.signIn(String.valueOf(frame.accessToken()), frame.tenant()));
        if (caller.isEmpty()) {
            connection.close(SIGN_IN);
            return;
        }
        if (of(caller.get().tenantId()) > MAX_PER_TENANT) {
            connection.close(FULL);
            return;
        }
        connection.send(json.writeValueAsString(Map.of("type", "ready")));
    }

    private Optional<SignInFrame> read(String payload) {
        try {
            return Optional.ofNullable(json.readValue(payload, SignInFrame.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private long of(TenantId tenant) {
        return connections.values().stream()
                .filter(connection -> tenant.equals(connection.tenant()))
                .count();
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        EventConnection connection = connections.get(session.getId());
        if (connection != null) {
            connection.heard();
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) {
        LOG.debug("Live connection {} broke", session.getId(), failure);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        EventConnection connection = connections.remove(session.getId());
        if (connection != null) {
            connection.close(status);
        }
    }
}
