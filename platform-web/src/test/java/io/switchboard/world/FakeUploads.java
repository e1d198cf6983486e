package io.switchboard.world;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Files that were uploaded for messages of one number, and what Meta asks of a message that names one. */
public final class FakeUploads {

    private static final AtomicLong IDS = new AtomicLong();
    private static final int LONGEST_CAPTION = 1024;
    private static final int LARGEST_PICTURE = 5 << 20;
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png");
    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "text/plain",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    private static final Pattern PART =
            Pattern.compile("Content-Disposition: form-data; name=\"([a-z_]+)\".*?\r\n\r\n(.*)\r\n", Pattern.DOTALL);

    private final Queue<Upload> uploads = new ConcurrentLinkedQueue<>();
    private final Queue<FakeMeta.Answer> script = new ConcurrentLinkedQueue<>();

    /** @param id null if refused */
    public record Upload(String id, String type, byte[] content) {}

    /** Answers the next uploads so, then well again. */
    public void script(FakeMeta.Answer... answers) {
        script.addAll(List.of(answers));
    }

    /** In order of arrival, refused ones too. */
    public List<Upload> all() {
        return List.copyOf(uploads);
    }

    /** Takes an upload as scripted, and refuses what Meta's documentation does not allow. */
    FakeMeta.Answer take(LoopbackServer.Request request) {
        FakeMeta.Answer scripted = script.poll();
        Map<String, String> parts = parts(request);
        String type = parts.getOrDefault("type", "");
        byte[] content = parts.getOrDefault("file", "").getBytes(StandardCharsets.ISO_8859_1);
        boolean wellFormed = "whatsapp".equals(parts.get("messaging_product"))
                && (PICTURES.contains(type) ? content.length <= LARGEST_PICTURE : DOCUMENTS.contains(type));
        FakeMeta.Answer answer =
                scripted != null ? scripted : wellFormed ? FakeMeta.Answer.ok() : FakeMeta.Answer.error(400, 100);
        boolean refused = answer instanceof FakeMeta.Answer.Refuse || answer instanceof FakeMeta.Answer.RefuseFor;
        uploads.add(new Upload(refused ? null : "upload-" + IDS.incrementAndGet(), type, content));
        return answer;
    }

    /** Of the newest upload. */
    String newestId() {
        return all().getLast().id();
    }

    /** Why Meta would not take a message that names an upload. */
    Optional<FakeMeta.Answer> refusal(JsonNode message) {
        String kind = message.path("type").asString("");
        if (!kind.equals("image") && !kind.equals("document")) {
            return Optional.empty();
        }
        JsonNode media = message.path(kind);
        boolean known = uploads.stream()
                .anyMatch(upload -> upload.id() != null
                        && upload.id().equals(media.path("id").asString(""))
                        && PICTURES.contains(upload.type()) == kind.equals("image"));
        boolean allowed = media.path("caption").asString("").length() <= LONGEST_CAPTION
                && kind.equals("document") == media.has("filename");
        return known && allowed ? Optional.empty() : Optional.of(FakeMeta.Answer.error(400, 100));
    }

    private static Map<String, String> parts(LoopbackServer.Request request) {
        String boundary = request.header("Content-Type").replaceFirst("^multipart/form-data; boundary=", "");
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        Map<String, String> parts = new java.util.HashMap<>();
        for (String part : body.split("--" + Pattern.quote(boundary), -1)) {
            Matcher matcher = PART.matcher(part);
            if (matcher.find()) {
                parts.put(matcher.group(1), matcher.group(2));
            }
        }
        return parts;
    }
}
