package io.switchboard.world;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Twilio's API on a loopback port. It keeps what was sent and what customers wrote, account by account, lists both, and
 * answers as scripted, else as Twilio does when all is well.
 */
public final class FakeTwilio implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 3;
    private static final String NOT_ADMITTED = "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}";

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final LoopbackServer server;

    private FakeTwilio() {
        server = LoopbackServer.start(0, this::answer);
    }

    /** One for all tests of a run; tests use accounts of their own. */
    public static FakeTwilio shared() {
        return Shared.TWILIO;
    }

    private static final class Shared {
        private static final FakeTwilio TWILIO = new FakeTwilio();
    }

    public String baseUrl() {
        return server.address().toString();
    }

    public Account account(String sid) {
        return accounts.computeIfAbsent(sid, _ -> new Account());
    }

    /**
     * A request to send.
     *
     * @param sid what Twilio gave it, whether or not the caller heard of it; null if refused
     */
    public record Send(Instant at, String authorization, Map<String, String> form, String sid) {

        public String to() {
            return form.get("To");
        }

        public String text() {
            return form.get("Body");
        }

        /** What our own address of the callback says behind the question mark. */
        public String callbackQuery() {
            String callback = form.getOrDefault("StatusCallback", "");
            return callback.substring(callback.indexOf('?') + 1);
        }
    }

    /** How to answer one request to send. */
    public sealed interface Answer {

        record Accept(Duration after) implements Answer {}

        /** Takes the message and never says so. */
        record AcceptAndHang() implements Answer {}

        /** Takes the message and breaks the connection. */
        record AcceptAndBreak() implements Answer {}

        /** Takes the message and says that something failed. */
        record AcceptAndFail(int httpStatus) implements Answer {}

        record Refuse(int httpStatus, Map<String, String> headers, String body) implements Answer {}

        /** An error as Twilio writes it. */
        static Answer error(int httpStatus, int code) {
            return new Refuse(
                    httpStatus,
                    Map.of(),
                    JSON.writeValueAsString(Map.of(
                            "code",
                            code,
                            "message",
                            "scripted error",
                            "more_info",
                            "https://www.twilio.com/docs/errors/" + code,
                            "status",
                            httpStatus)));
        }
    }

    /** What went through one account, and what it answers next. */
    public static final class Account {

        private final Queue<Send> requests = new ConcurrentLinkedQueue<>();
        private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
        private final List<Map<String, Object>> messages = new CopyOnWriteArrayList<>();
        private final AtomicLong lists = new AtomicLong();
        private final List<Map<String, Object>> senders = new CopyOnWriteArrayList<>();
        private volatile Map<String, Object> about = Map.of("status", "active", "type", "Full");
        private volatile String token = "";
        private final Map<String, FakeFiles.File> files = new ConcurrentHashMap<>();
        private final FakeContents contents = new FakeContents();

        /** Answers the next requests to send so, then well again. */
        public void script(Answer... answers) {
            script.addAll(List.of(answers));
        }

        private Answer next() {
            Answer scripted = script.poll();
            return scripted == null ? new Answer.Accept(Duration.ZERO) : scripted;
        }

        /** Accepts no other token, when asked about itself. */
        public void token(String only) {
            token = only;
        }

        public FakeContents contents() {
            return contents;
        }

        private boolean admits(LoopbackServer.Request request) {
            return token.isEmpty() || token.equals(credentials(request)[1]);
        }

        /** What it says of itself. */
        public void about(String status, String type) {
            about = Map.of("status", status, "type", type);
        }

        /** @param more beside its address */
        public void sender(String address, Map<String, Object> more) {
            Map<String, Object> sender = new LinkedHashMap<>(Map.of("sid", "XE1", "status", "ONLINE"));
            sender.put("sender_id", address);
            sender.putAll(more);
            senders.removeIf(other -> address.equals(other.get("sender_id")));
            senders.add(sender);
        }

        /** @return the last part of the file's address, which sends readers on to where the file is */
        public String addMedia(FakeFiles.File file) {
            String sid = "ME" + java.util.UUID.randomUUID().toString().replace("-", "");
            files.put(sid, file);
            return sid;
        }

        /** A customer's message that Twilio has and could not deliver. */
        public void received(String accountSid, String sid, String from, String to, String body, Instant at) {
            messages.add(message(accountSid, sid, from, to, body, at, "inbound", "received"));
        }

        /** All requests to send in order of arrival, refused ones too. */
        public List<Send> requests() {
            return List.copyOf(requests);
        }

        /** Messages that a customer has got. */
        public List<Send> delivered() {
            return requests.stream().filter(send -> send.sid() != null).toList();
        }

        /** How often somebody listed messages. */
        public long lists() {
            return lists.get();
        }
    }

    private static Map<String, Object> message(
            String accountSid,
            String sid,
            String from,
            String to,
            String body,
            Instant at,
            String direction,
            String status) {
        String time = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("sid", sid);
        message.put("account_sid", accountSid);
        message.put("from", from);
        message.put("to", to);
        message.put("body", body);
        message.put("num_media", "0");
        message.put("direction", direction);
        message.put("status", status);
        message.put("date_created", time);
        message.put("date_sent", time);
        return message;
    }

    private void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        String[] pathAndQuery = request.path().split("\\?", 2);
        String[] path = pathAndQuery[0].split("/", -1);
        if (pathAndQuery[0].equals("/v2/Channels/Senders")) {
            tell(account(caller(request)), request, Map.of("senders", account(caller(request)).senders), response);
            return;
        }
        if (pathAndQuery[0].equals(FakeContents.PATH)) {
            Account account = account(caller(request));
            if (account.admits(request)) {
                account.contents.list(form(pathAndQuery.length < 2 ? "" : pathAndQuery[1]), response);
            } else {
                response.json(401, NOT_ADMITTED);
            }
            return;
        }
        if (path.length == 4 && path[2].equals("Accounts") && path[3].endsWith(".json")) {
            Account account = account(path[3].replace(".json", ""));
            tell(account, request, account.about, response);
            return;
        }
        if (path.length == 8 && path[6].equals("Media")) {
            sendOn(account(path[3]).files.get(path[7]), request, response);
            return;
        }
        if (path.length != 5 || !path[1].equals("2010-04-01") || !path[4].equals("Messages.json")) {
            response.json(404, "{\"code\":20404,\"message\":\"not found\",\"status\":404}");
            return;
        }
        if (request.method().equals("GET")) {
            list(path[3], form(pathAndQuery.length < 2 ? "" : pathAndQuery[1]), response);
        } else {
            take(path[3], request, response);
        }
    }

    private static String caller(LoopbackServer.Request request) {
        return credentials(request)[0];
    }

    private static String[] credentials(LoopbackServer.Request request) {
        String basic = request.header("Authorization").replace("Basic ", "");
        return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2);
    }

    private static void tell(
            Account account, LoopbackServer.Request request, Map<String, Object> what, LoopbackServer.Response response)
            throws IOException {
        if (account.admits(request)) {
            response.json(200, JSON.writeValueAsString(what));
        } else {
            response.json(401, NOT_ADMITTED);
        }
    }

    private static void sendOn(FakeFiles.File file, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException {
        if (file == null || !request.header("Authorization").startsWith("Basic ")) {
            response.json(file == null ? 404 : 401, "{}");
            return;
        }
        response.bytes(307, Map.of("Location", file.address().toString()), new byte[0]);
    }

    private void take(String sid, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        Account account = account(sid);
        Map<String, String> form = form(request.text());
        Answer answer = account.contents.refusal(form).orElseGet(account::next);
        String id = answer instanceof Answer.Refuse ? null : "SM%032d".formatted(ids.incrementAndGet());
        account.requests.add(new Send(Instant.now(), request.header("Authorization"), form, id));
        if (id != null) {
            account.messages.add(message(
                    sid,
                    id,
                    form.get("From"),
                    form.get("To"),
                    form.containsKey("ContentSid") ? account.contents.body(form) : form.get("Body"),
                    Instant.now(),
                    "outbound-api",
                    "sent"));
        }
        switch (answer) {
            case Answer.Accept(var after) -> {
                Thread.sleep(after);
                response.json(201, "{\"sid\":\"" + id + "\",\"status\":\"queued\",\"error_code\":null}");
            }
            case Answer.AcceptAndHang() -> {
                Thread.sleep(Duration.ofSeconds(60));
                response.cut();
            }
            case Answer.AcceptAndBreak() -> response.cut();
            case Answer.AcceptAndFail(var status) -> response.json(status, "{}");
            case Answer.Refuse(var status, var headers, var body) -> response.json(status, headers, body);
        }
    }

    /** Newest first, a few at a time. */
    private void list(String sid, Map<String, String> query, LoopbackServer.Response response) throws IOException {
        Account account = account(sid);
        account.lists.incrementAndGet();
        List<Map<String, Object>> found = new ArrayList<>(account.messages.stream()
                .filter(message -> !query.containsKey("To") || message.get("to").equals(query.get("To")))
                .toList()
                .reversed());
        int page = Integer.parseInt(query.getOrDefault("Page", "0"));
        int end = Math.min(found.size(), (page + 1) * PAGE);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("messages", found.subList(Math.min(found.size(), page * PAGE), end));
        answer.put(
                "next_page_uri",
                end == found.size()
                        ? null
                        : "/2010-04-01/Accounts/" + sid + "/Messages.json?Page=" + (page + 1)
                                + (query.containsKey("To")
                                        ? "&To=" + java.net.URLEncoder.encode(query.get("To"), StandardCharsets.UTF_8)
                                        : ""));
        response.json(200, JSON.writeValueAsString(answer));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.close();
    }
}
