package io.switchboard.world;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** What Meta tells about tokens, numbers and accounts, as far as {@link FakeMeta} is asked. A test changes what it needs to be wrong. */
public final class FakeGraph {

    public static final String APP = "670843887433847";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ACCOUNT_PREFIX = "9";

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Media> media = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param expiresAt seconds since 1970; 0: never */
    public record Token(boolean valid, long expiresAt, List<String> scopes) {

        public static final Token GOOD =
                new Token(true, 0, List.of("whatsapp_business_messaging", "whatsapp_business_management"));
    }

    /** The account of one number. */
    public static final class Account {

        private final Map<String, Object> number = new LinkedHashMap<>();
        private final List<Map<String, Object>> templates = new CopyOnWriteArrayList<>();
        private volatile boolean subscribed = true;
        private volatile boolean subscribable = true;

        private Account(String phoneNumberId) {
            number.put("id", phoneNumberId);
            number.put("display_phone_number", "+1 555 078 3881");
            number.put("verified_name", "Harbour Museum");
            number.put("status", "CONNECTED");
            number.put("account_mode", "LIVE");
            number.put("quality_rating", "GREEN");
            number.put("whatsapp_business_manager_messaging_limit", "TIER_1K");
            number.put("webhook_configuration", Map.of("application", "https://elsewhere.example/hook"));
        }

        /** Sets a field of the number. */
        public Account with(String field, Object value) {
            number.put(field, value);
            return this;
        }

        public Account addTemplate(String name, String status) {
            templates.add(Map.of("name", name, "language", "en", "status", status, "id", "1"));
            return this;
        }

        /** As Meta has it: name, language, status, category and components. */
        public Account addTemplate(Map<String, Object> template) {
            templates.add(template);
            return this;
        }

        public void removeTemplates() {
            templates.clear();
        }

        /** The account delivers to nobody; asking for it helps if {@code may}. */
        public Account unsubscribed(boolean may) {
            subscribed = false;
            subscribable = may;
            return this;
        }

        public boolean isSubscribed() {
            return subscribed;
        }
    }

    /** A file of a customer's message: its address and its hash, as Meta tells them. */
    private record Media(FakeFiles.File file, java.net.URI address) {}

    /** @return the file's id; Meta's own host serves it to whoever shows a token */
    public String addMedia(FakeFiles.File file) {
        return addMedia(file, null);
    }

    /** @param address that Meta names in place of its own */
    public String addMedia(FakeFiles.File file, java.net.URI address) {
        String id = "media-" + java.util.UUID.randomUUID();
        media.put(id, new Media(file, address));
        return id;
    }

    /** What a token is; good if nothing was said of it. */
    public void token(String text, Token token) {
        tokens.put(text, token);
    }

    public Account accountOf(String phoneNumberId) {
        return accounts.computeIfAbsent(phoneNumberId, Account::new);
    }

    /** Methods and paths, in order of arrival. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        String path = request.path().replaceFirst("\\?.*", "").replaceFirst("^/v[0-9.]+/", "");
        asked.add(request.method() + " " + path);
        Token caller = tokens.getOrDefault(request.header("Authorization").replace("Bearer ", ""), Token.GOOD);
        if (path.equals("debug_token")) {
            aboutToken(query(request.path(), "input_token"), response);
        } else if (!caller.valid()) {
            refuse(response, 401, 190, "Error validating access token: Session has expired");
        } else if (media.containsKey(path)) {
            aboutMedia(path, request, response);
        } else if (path.startsWith("/download/")) {
            download(path, request, response);
        } else if (path.matches("[0-9]+")) {
            aboutNumber(path, response);
        } else if (!caller.scopes().contains("whatsapp_business_management")) {
            refuse(response, 403, 200, "Missing permission");
        } else if (path.endsWith("/subscribed_apps")) {
            subscriptions(request.method(), account(path), response);
        } else if (path.endsWith("/message_templates")) {
            templates(request.path(), account(path), response);
        } else {
            refuse(response, 404, 100, "Unknown path");
        }
    }

    private void aboutToken(String text, LoopbackServer.Response response) throws IOException {
        Token token = tokens.getOrDefault(text, Token.GOOD);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("app_id", APP);
        data.put("type", "SYSTEM_USER");
        data.put("is_valid", token.valid());
        data.put("expires_at", token.expiresAt());
        data.put("scopes", token.scopes());
        if (!token.valid()) {
            data.put("error", Map.of("code", 190, "message", "The session has been invalidated"));
        }
        response.json(200, JSON.writeValueAsString(Map.of("data", data)));
    }

    private void aboutMedia(String id, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException {
        Media known = media.get(id);
        String own = "http://" + request.header("Host") + "/download/" + id + "?ext=1&hash=abc";
        response.json(
                200,
                JSON.writeValueAsString(Map.of(
                        "messaging_product",
                        "whatsapp",
                        "url",
                        known.address() == null ? own : known.address().toString(),
                        "mime_type",
                        "audio/ogg; codecs=opus",
                        "file_size",
                        known.file().content().length,
                        "id",
                        id)));
    }

    private void download(String path, LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        if (!request.header("Authorization").startsWith("Bearer ")) {
            response.json(401, "{}");
            return;
        }
        media.get(path.replace("/download/", "")).file().answer(request, response);
    }

    private void aboutNumber(String id, LoopbackServer.Response response) throws IOException {
        Account account = accountOf(id);
        Map<String, Object> number = new LinkedHashMap<>(account.number);
        List<Object> entities = new ArrayList<>();
        entities.add(number.getOrDefault(
                "entity", Map.of("entity_type", "PHONE_NUMBER", "id", id, "can_send_message", "AVAILABLE")));
        entities.add(Map.of("entity_type", "WABA", "id", ACCOUNT_PREFIX + id, "can_send_message", "AVAILABLE"));
        number.remove("entity");
        number.put("health_status", Map.of("can_send_message", "AVAILABLE", "entities", entities));
        response.json(200, JSON.writeValueAsString(number));
    }

    private static void subscriptions(String method, Account account, LoopbackServer.Response response)
            throws IOException {
        if (method.equals("POST")) {
            if (!account.subscribable) {
                refuse(response, 403, 200, "You do not have the permission");
                return;
            }
            account.subscribed = true;
            response.json(200, "{\"success\":true}");
            return;
        }
        List<?> apps = account.subscribed
                ? List.of(Map.of("whatsapp_business_api_data", Map.of("id", APP, "name", "Our app")))
                : List.of();
        response.json(200, JSON.writeValueAsString(Map.of("data", apps)));
    }

    /** Page by page; the cursor says where the next one begins. */
    private static void templates(String address, Account account, LoopbackServer.Response response)
            throws IOException {
        String limit = query(address, "limit");
        String after = query(address, "after");
        List<Map<String, Object>> all = List.copyOf(account.templates);
        int from = after.isEmpty() ? 0 : Integer.parseInt(after.replace("c=", ""));
        int to = Math.min(all.size(), from + (limit.isEmpty() ? 25 : Integer.parseInt(limit)));
        Map<String, Object> paging = new LinkedHashMap<>();
        paging.put("cursors", Map.of("before", "c=" + from, "after", "c=" + to));
        if (to < all.size()) {
            paging.put("next", "https://graph.facebook.com/elsewhere?access_token=secret&after=c=" + to);
        }
        response.json(200, JSON.writeValueAsString(Map.of("data", all.subList(from, to), "paging", paging)));
    }

    private Account account(String path) {
        return accountOf(path.substring(ACCOUNT_PREFIX.length(), path.indexOf('/')));
    }

    private static void refuse(LoopbackServer.Response response, int status, int code, String message)
            throws IOException {
        response.json(
                status,
                JSON.writeValueAsString(
                        Map.of("error", Map.of("message", message, "type", "OAuthException", "code", code))));
    }

    private static String query(String path, String name) {
        for (String pair : path.replaceFirst("^[^?]*\\??", "").split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
