package io.switchboard.world;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
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
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for a WAHA on a loopback port. It keeps each session's state and configuration, what was sent and what customers wrote, lists both, drops a
 * message whose id it has sent already, and answers as scripted, else as WAHA does when all is well.
 */
public final class FakeWaha implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> SENDING = List.of("/api/sendText", "/api/sendImage", "/api/sendFile");

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
    public record Send(String path, String apiKey, JsonNode body, String id) {

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
        private final Map<String, FakeFiles.File> files = new ConcurrentHashMap<>();
        private final Map<String, String> again = new ConcurrentHashMap<>();
        private volatile boolean choosesIds;
        private volatile boolean listsAll = true;
        private volatile String ownId = "4930123456@c.us";
        private volatile String status = "WORKING";
        private volatile String onceStarted = "WORKING";
        private volatile JsonNode config = JSON.createObjectNode();
        private volatile Manners manners = Manners.GOOD;
        private final Queue<String> signs = new ConcurrentLinkedQueue<>();
        private final AtomicLong pictures = new AtomicLong();

        /** Answers the next requests to send so, then well again. */
        public void script(Answer... answers) {
            script.addAll(List.of(answers));
        }

        /** As engines that choose ids by themselves and list messages chat by chat only. */
        public void behaveAsOldEngine() {
            choosesIds = true;
            listsAll = false;
        }

        /** How it treats those who ask about the session itself. */
        public enum Manners {
            GOOD,
            /** Tells, and lets nobody change anything. */
            GUARDED,
            /** Does not accept the key. */
            LOCKED,
            /** There is no such session. */
            GONE
        }

        public void manners(Manners now) {
            manners = now;
        }

        /** @param now WORKING, SCAN_QR_CODE, STOPPED, FAILED, STARTING or another */
        public void status(String now) {
            status = now;
        }

        /** What becomes of it when somebody starts it. */
        public void onceStarted(String then) {
            onceStarted = then;
        }

        public void config(String json) {
            config = JSON.readTree(json);
        }

        public JsonNode config() {
            return config;
        }

        /** Marks of reading and signs of typing in order of arrival, such as {@code startTyping 49…@c.us}. */
        public List<String> signs() {
            return List.copyOf(signs);
        }

        /** How often somebody fetched the picture to scan. */
        public long pictures() {
            return pictures.get();
        }

        public void ownId(String id) {
            ownId = id;
        }

        /** @return the file's path */
        public String addMedia(String session, FakeFiles.File file) {
            String name = java.util.UUID.randomUUID() + ".oga";
            files.put(name, file);
            return "/api/files/" + session + "/" + name;
        }

        /** Fetches the file of a message again, when it is asked for the message, and names it so. */
        public void fetchesAgain(String fullMessageId, String url) {
            again.put(fullMessageId, url);
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
        } else if (SENDING.contains(pathAndQuery[0])) {
            take(request, response);
        } else if (path.length == 3
                && List.of("sendSeen", "startTyping", "stopTyping").contains(path[2])) {
            sign(path[2], JSON.readTree(request.body()), response);
        } else if (path.length >= 4 && path[2].equals("sessions")) {
            manage(path, request, response);
        } else if (path.length == 5 && path[3].equals("auth") && path[4].equals("qr")) {
            picture(session(path[2]), response);
        } else if (path.length == 4 && path[3].equals("new-message-id")) {
            if (session(path[2]).choosesIds) {
                response.json(501, "{\"error\":\"not implemented by this engine\"}");
            } else {
                response.json(200, "{\"id\":\"" + newId() + "\"}");
            }
        } else if (path.length == 5 && path[4].equals("overview")) {
            overview(session(path[2]), query, response);
        } else if (path.length == 5 && path[2].equals("files")) {
            FakeFiles.File file = session(path[3]).files.get(path[4]);
            if (file == null) {
                response.json(404, "{}");
            } else {
                file.answer(request, response);
            }
        } else if (path.length == 7 && path[5].equals("messages")) {
            String url = session(path[2]).again.get(URLDecoder.decode(path[6], StandardCharsets.UTF_8));
            response.json(
                    url == null ? 404 : 200,
                    url == null ? "{}" : JSON.writeValueAsString(Map.of("media", Map.of("url", url))));
        } else if (path.length == 6 && path[5].equals("messages")) {
            list(session(path[2]), URLDecoder.decode(path[4], StandardCharsets.UTF_8), query, response);
        } else {
            response.json(404, "{\"message\":\"Cannot " + request.method() + "\"}");
        }
    }

    private void sign(String name, JsonNode body, LoopbackServer.Response response) throws IOException {
        session(body.path("session").asString())
                .signs
                .add(name + " " + body.path("chatId").asString()
                        + (body.has("messageIds")
                                ? " " + body.path("messageIds").path(0).asString()
                                : ""));
        response.json(201, "{}");
    }

    private void manage(String[] path, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException {
        Session session = session(path[3]);
        String action = path.length == 4 ? request.method() : path[4];
        switch (session.manners) {
            case LOCKED -> {
                response.json(401, "{\"message\":\"Unauthorized\",\"statusCode\":401}");
                return;
            }
            case GONE -> {
                response.json(404, "{\"message\":\"Session not found\",\"error\":\"Not Found\",\"statusCode\":404}");
                return;
            }
            case GUARDED -> {
                if (!List.of("GET", "me").contains(action)) {
                    response.json(422, "{\"error\":\"not here\"}");
                    return;
                }
            }
            case GOOD -> {}
        }
        switch (action) {
            case "me" -> response.json(200, "{\"id\":\"" + session.ownId + "\",\"pushName\":\"WAHA\"}");
            case "start", "restart" -> {
                session.status = session.onceStarted;
                describe(path[3], session, 201, response);
            }
            case "PUT" -> {
                session.config = JSON.readTree(request.body()).path("config");
                describe(path[3], session, 200, response);
            }
            case "GET" -> describe(path[3], session, 200, response);
            default -> response.json(404, "{\"message\":\"Cannot " + request.method() + "\"}");
        }
    }

    private static void describe(String name, Session session, int status, LoopbackServer.Response response)
            throws IOException {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", name);
        about.put("status", session.status);
        about.put("config", session.config);
        about.put("me", session.status.equals("WORKING") ? Map.of("id", session.ownId, "pushName", "WAHA") : null);
        response.json(status, JSON.writeValueAsString(about));
    }

    /** A picture that differs each time, as real ones do. */
    private static void picture(Session session, LoopbackServer.Response response) throws IOException {
        if (!session.status.equals("SCAN_QR_CODE")) {
            response.json(
                    422,
                    "{\"error\":\"Can get QR code only in SCAN_QR_CODE status\",\"status\":\"" + session.status
                            + "\"}");
            return;
        }
        int seed = (int) session.pictures.incrementAndGet();
        int cells = 29;
        int scale = 8;
        BufferedImage image = new BufferedImage(cells * scale, cells * scale, BufferedImage.TYPE_BYTE_BINARY);
        for (int x = 0; x < cells * scale; x++) {
            for (int y = 0; y < cells * scale; y++) {
                int hash = (x / scale * 31 + y / scale * 17 + seed) * 0x9E3779B1;
                image.setRGB(x, y, (hash >>> 28) % 2 == 0 ? 0xFFFFFF : 0);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        response.body(200, "image/png", Map.of(), png.toByteArray());
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
        session.requests.add(new Send(request.path(), request.header("X-Api-Key"), body, id));
        String chat = body.path("chatId").asString("");
        if (id != null && !again) {
            Map<String, Object> message = message(
                    chat,
                    true,
                    id,
                    body.path("text").asString(body.path("caption").asString("")),
                    Instant.now());
            message.put("hasMedia", body.has("file"));
            session.messages.add(message);
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
