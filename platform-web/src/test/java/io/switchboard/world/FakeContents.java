package io.switchboard.world;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contents of one account of Twilio: listed page by page with their approvals, and filled in when one is sent. */
public final class FakeContents {

    static final String PATH = "/v1/ContentAndApprovals";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final Pattern BROKEN = Pattern.compile("[\\n\\r\\t]| {5}");
    private static final int UNKNOWN_CONTENT = 21655;
    private static final int INVALID_VARIABLES = 21656;

    private final List<Map<String, Object>> contents = new CopyOnWriteArrayList<>();
    private final Queue<FakeTwilio.Answer.Refuse> script = new ConcurrentLinkedQueue<>();
    private final AtomicLong asked = new AtomicLong();
    private volatile String host = "https://content.twilio.com";

    /**
     * A content as Twilio has it.
     *
     * @param type such as {@code twilio/text}
     * @param approval a status of WhatsApp's, or {@code unsubmitted}
     * @return its SID
     */
    public String add(String name, String type, String approval, Map<String, Object> words) {
        Map<String, Object> approved = new LinkedHashMap<>(Map.of(
                "type", "whatsapp", "name", name, "status", approval, "content_type", type, "rejection_reason", ""));
        approved.put("category", approval.equals("unsubmitted") ? null : "UTILITY");
        String sid = "HX%032x".formatted(contents.size() + 1);
        Map<String, Object> types = new LinkedHashMap<>(Map.of("twilio/text", Map.of("body", "Plain")));
        types.put(type, words);
        add(Map.of(
                "sid",
                sid,
                "friendly_name",
                name,
                "language",
                "en",
                "types",
                types,
                "variables",
                Map.of(),
                "approval_requests",
                approved));
        return sid;
    }

    /** Anything in the list. */
    public void add(Map<String, Object> content) {
        contents.add(content);
    }

    public void clear() {
        contents.clear();
    }

    /** Answers the next questions for a page so, then well again. */
    public void script(FakeTwilio.Answer.Refuse... answers) {
        script.addAll(List.of(answers));
    }

    /** What it names as its own address when it says where the list goes on. */
    public void host(String address) {
        host = address;
    }

    /** Pages that were asked for. */
    public long asked() {
        return asked.get();
    }

    /** @param query as it stands behind the question mark */
    void list(Map<String, String> query, LoopbackServer.Response response) throws IOException {
        asked.incrementAndGet();
        FakeTwilio.Answer.Refuse refusal = script.poll();
        if (refusal != null) {
            response.json(refusal.httpStatus(), refusal.headers(), refusal.body());
            return;
        }
        int size = Integer.parseInt(query.getOrDefault("PageSize", "50"));
        int page = Integer.parseInt(query.getOrDefault("Page", "0"));
        if (page > 0 && !("DN" + page).equals(query.get("PageToken"))) {
            response.json(400, "{\"code\":20001,\"message\":\"Page token is missing\",\"status\":400}");
            return;
        }
        List<Map<String, Object>> all = List.copyOf(contents);
        int from = Math.min(all.size(), page * size);
        int to = Math.min(all.size(), from + size);
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("key", "contents");
        meta.put("page", page);
        meta.put("page_size", size);
        int next = page + 1;
        meta.put(
                "next_page_url",
                to == all.size() ? null : host + PATH + "?PageSize=" + size + "&Page=" + next + "&PageToken=DN" + next);
        response.json(200, JSON.writeValueAsString(Map.of("meta", meta, "contents", all.subList(from, to))));
    }

    /** What Twilio refuses in a request to send a content; empty if it would take it. */
    Optional<FakeTwilio.Answer> refusal(Map<String, String> form) {
        if (!form.containsKey("ContentSid")) {
            return Optional.empty();
        }
        if (find(form.get("ContentSid")).isEmpty()) {
            return Optional.of(FakeTwilio.Answer.error(400, UNKNOWN_CONTENT));
        }
        return valid(form.get("ContentVariables"))
                ? Optional.empty()
                : Optional.of(FakeTwilio.Answer.error(400, INVALID_VARIABLES));
    }

    private static boolean valid(String variables) {
        if (variables == null) {
            return true;
        }
        try {
            JsonNode values = JSON.readTree(variables);
            return values.isObject()
                    && values.valueStream()
                            .allMatch(value -> value.isString()
                                    && !value.asString().isBlank()
                                    && !BROKEN.matcher(value.asString()).find());
        } catch (JacksonException _) {
            return false;
        }
    }

    /** What a customer reads of it, without header and footer. */
    String body(Map<String, String> form) {
        JsonNode values = JSON.readTree(form.getOrDefault("ContentVariables", "{}"));
        JsonNode content = find(form.get("ContentSid")).orElseThrow();
        String type = content.path("approval_requests").path("content_type").asString();
        String body = content.path("types").path(type).path("body").asString("");
        return VARIABLE.matcher(body)
                .replaceAll(found -> values.path(found.group(1)).asString(""));
    }

    private Optional<JsonNode> find(String sid) {
        List<JsonNode> all = new ArrayList<>();
        contents.forEach(content -> all.add(JSON.valueToTree(content)));
        return all.stream()
                .filter(content -> content.path("sid").asString("").equals(sid))
                .findFirst();
    }
}
