package io.switchboard.world;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for a WAHA on a loopback port. It keeps what was sent and what customers wrote, session by session, lists both, drops a
 * message whose id it has sent already, and answers as scripted, else as WAHA does when all is well.
 */
public final class FakeWaha implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final LoopbackServer server;

    private FakeWaha() {
        server = LoopbackServer.start(0, this::answer);
    }

    /** One for all tests of a run; tests use sessions of their own. */
    public static FakeWaha shared() {
        return Shared.WAHA;
    }

    private static final class Shared {
        private static final FakeWaha WAHA = new FakeWaha();
    }

    public String baseUrl() {
        return server.address().toString();
    }

    public Session session(String name) {
        return sessions.computeIfAbsent(name, _ -> new Session());
    }

    /**
     * A request to send.
     *
     * @param id the message's own id, whether or not the caller heard of it; null if refused
     */
    public record Send(String apiKey, JsonNode body, String id) {

        public String to() {
            return body.path("chatId").asString(null);
        }

        public String text() {
            return body.path("text").asString(null);
        }
    }

    /** How to answer one request to send. */
    public sealed interface Answer {

        record Accept() implements Answer {}

        /** Takes the message and never says so. */
        record AcceptAndHang() implements Answer {}

        /** Takes the message and breaks the connection. */
        record AcceptAndBreak() implements Answer {}

        record Refuse(int httpStatus, String body) implements Answer {}
    }

    /** What went through one session, and what it answers next. */
    public static final class Session {

        private final Queue<Send> requests = new ConcurrentLinkedQueue<>();
        private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
        private final List<Map<String, Object>> messages = new CopyOnWriteArrayList<>();
        private volatile boolean choosesIds;
        private volatile boolean listsAll = true;
        private volatile String ownId = "4930123456@c.us";

        /** Answers the next requests to send so, then well again. */
        public void script(Answer... answers) {
            script.addAll(List.of(answers));
        }

        /** As engines that choose ids by themselves and list messages chat by chat only. */
        public void behaveAsOldEngine() {
            choosesIds = true;
            listsAll = false;
        }

        public void ownId(String id) {
            ownId = id;
        }

        /** A message that WAHA has, and could not deliver to us. */
        public void holds(String chat, boolean ours, String id, String body, Instant at) {
            messages.add(message(chat, ours, id, body, at));
        }

        /** All requests to send in order of arrival, refused ones too. */
        public List<Send> requests() {
            return List.copyOf(requests);
        }

        /** Messages that a customer has got, each once. */
        public List<Send> delivered() {
            Map<String, Send> byId = new LinkedHashMap<>();
            requests.stream().filter(send -> send.id() != null).forEach(send -> byId.putIfAbsent(send.id(), send));
            return List.copyOf(byId.values());
        }
    }

    private static Map<String, Object> message(String chat, boolean ours, String id, String body, Instant at) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", ours + "_" + chat + "_" + id);
        message.put("timestamp", at.getEpochSecond());
        message.put("from", chat);
        message.put("fromMe", ours);
        message.put("body", body);
        message.put("hasMedia", false);
        return message;
    }

    private void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        String[] pathAndQuery = request.path().split("\\?", 2);
        String[] path = pathAndQuery[0].split("/", -1);
        Map<String, String> query = query(pathAndQuery.length < 2 ? "" : pathAndQuery[1]);
        if (request.header("X-Api-Key").isEmpty()) {
            response.json(401, "{\"message\":\"Unauthorized\"}");
        } else if (pathAndQuery[0].equals("/api/sendText")) {
            take(request, response);
        } else if (path.length == 5 && path[2].equals("sessions") && path[4].equals("me")) {
            response.json(200, "{\"id\":\"" + session(path[3]).ownId + "\",\"pushName\":\"WAHA\"}");
        } else if (path.length == 4 && path[3].equals("new-message-id")) {
            if (session(path[2]).choosesIds) {
                response.json(501, "{\"error\":\"not implemented by this engine\"}");
            } else {
                response.json(200, "{\"id\":\"" + newId() + "\"}");
            }
        } else if (path.length == 5 && path[4].equals("overview")) {
            overview(session(path[2]), query, response);
        } else if (path.length == 6 && path[5].equals("messages")) {
            list(session(path[2]), URLDecoder.decode(path[4], StandardCharsets.UTF_8), query, response);
        } else {
            response.json(404, "{\"message\":\"Cannot " + request.method() + "\"}");
        }
    }

    private String newId() {
        return "3EB0%018X".formatted(ids.incrementAndGet());
    }

    private void take(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        JsonNode body = JSON.readTree(request.body());
        Session session = session(body.path("session").asString());
        Answer scripted = session.script.poll();
        Answer answer = scripted == null ? new Answer.Accept() : scripted;
        String id = answer instanceof Answer.Refuse ? null : body.path("id").asString(newId());
        boolean again = session.requests.stream().anyMatch(send -> id != null && id.equals(send.id()));
        session.requests.add(new Send(request.header("X-Api-Key"), body, id));
        String chat = body.path("chatId").asString("");
        if (id != null && !again) {
            session.holds(chat, true, id, body.path("text").asString(), Instant.now());
        }
        switch (answer) {
            case Answer.Accept() -> response.json(201, "{\"id\":\"true_" + chat + "_" + id + "\",\"ack\":0}");
            case Answer.AcceptAndHang() -> {
                Thread.sleep(Duration.ofSeconds(60));
                response.cut();
            }
            case Answer.AcceptAndBreak() -> response.cut();
            case Answer.Refuse(var status, var text) -> response.json(status, text);
        }
    }

    private static void overview(Session session, Map<String, String> query, LoopbackServer.Response response)
            throws IOException {
        List<Map<String, Object>> chats = session.messages.stream()
                .collect(java.util.stream.Collectors.toMap(
                        message -> (String) message.get("from"),
                        message -> message,
                        (one, later) -> later,
                        LinkedHashMap::new))
                .values()
                .stream()
                .map(last -> Map.of("id", last.get("from"), "lastMessage", last))
                .toList();
        response.json(200, JSON.writeValueAsString(page(chats, query)));
    }

    private static void list(Session session, String chat, Map<String, String> query, LoopbackServer.Response response)
            throws IOException {
        if (chat.equals("all") && !session.listsAll) {
            response.json(422, "{\"error\":\"not supported by this engine\"}");
            return;
        }
        List<Map<String, Object>> found = session.messages.stream()
                .filter(message -> chat.equals("all") || message.get("from").equals(chat))
                .filter(message -> String.valueOf(message.get("fromMe")).equals(query.get("filter.fromMe")))
                .filter(message -> (Long) message.get("timestamp") >= Long.parseLong(query.get("filter.timestamp.gte")))
                .sorted(Comparator.comparing(message -> (Long) message.get("timestamp")))
                .toList();
        response.json(200, JSON.writeValueAsString(page(found, query)));
    }

    private static <T> List<T> page(List<T> all, Map<String, String> query) {
        int from = Math.min(all.size(), Integer.parseInt(query.get("offset")));
        return all.subList(from, Math.min(all.size(), from + Integer.parseInt(query.get("limit"))));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.close();
    }
}
