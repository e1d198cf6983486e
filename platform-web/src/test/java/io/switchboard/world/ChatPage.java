package io.switchboard.world;

import io.switchboard.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A visitor of a page with a web chat, who writes and listens as the chat's script does. */
public final class ChatPage implements AutoCloseable {

    private static final String SITE = "https://www.example.org";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI chat;
    private final ApiClient visitor;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private ChatPage(URI chat, ApiClient visitor) {
        this.chat = chat;
        this.visitor = visitor;
    }

    /** What the stream told. */
    public record Event(String name, JsonNode data) {}

    /** Gives the bot a web chat and opens a page with it. */
    public static ChatPage open(ApiClient tenant, String bot) throws IOException, InterruptedException {
        ApiClient.Reply made = tenant.post(
                "/api/v1/channels",
                Map.of("provider", "webchat", "name", "Our page", "botId", bot, "allowedOrigins", SITE));
        URI chat = URI.create(made.text("webhookUrl").replaceAll("\\.js$", ""));
        String secret = UUID.randomUUID().toString().replace("-", "");
        ApiClient visitor =
                new ApiClient(chat.getPort()).withHeader("Origin", SITE).withHeader("X-Visitor", secret);
        ChatPage page = new ChatPage(chat, visitor);
        page.listen(secret);
        return page;
    }

    private void listen(String secret) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(chat + "/events"))
                .header("Origin", SITE)
                .header("X-Visitor", secret)
                .build();
        HttpResponse<Stream<String>> stream = http.send(request, HttpResponse.BodyHandlers.ofLines());
        if (stream.statusCode() != 200) {
            throw new IOException("the stream answered " + stream.statusCode());
        }
        Thread.ofVirtual().start(() -> {
            String[] name = {""};
            stream.body().forEach(line -> {
                if (line.startsWith("event:")) {
                    name[0] = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name[0], JSON.readTree(line.substring(5))));
                }
            });
        });
    }

    public ApiClient.Reply write(String text) {
        return visitor.post(
                chat.getPath() + "/messages", Map.of("id", UUID.randomUUID().toString(), "text", text));
    }

    /** The beginnings of answers that were shown, in order. */
    public List<String> drafts() {
        return events.stream()
                .filter(event -> event.name().equals("draft"))
                .map(event -> event.data().path("text").asString())
                .toList();
    }

    /** What the bot said, in order. */
    public List<String> answers() {
        return events.stream()
                .filter(event -> event.name().equals("message")
                        && event.data().path("from").asString().equals("bot"))
                .map(event -> event.data().path("text").asString())
                .toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
