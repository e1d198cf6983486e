package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.ReadMark;
import io.switchboard.channels.SendRates;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.Telephone;
import io.switchboard.channels.WhatsAppText;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.outbound.RetryAfter;
import io.switchboard.whatsapp.FailedSend;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends through a tenant's WAHA, one send per call. Where the engine lets us choose the message's id, a reply keeps the same one through
 * all its attempts, so that WhatsApp itself drops what comes twice. See <a
 * href="https://waha.devlike.pro/docs/how-to/send-messages/">sending messages</a>.
 */
@Component
class WahaGateway implements ChannelGateway {

    private static final Logger LOG = LoggerFactory.getLogger(WahaGateway.class);

    /** WAHA names no limit; this is WhatsApp's for businesses. */
    private static final int MAX_TEXT_LENGTH = 4096;

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);
    private static final int REMEMBERED_IDS = 10_000;
    private static final int MAX_REASON_LENGTH = 300;

    private final WahaApi api;
    private final WahaSettings settings;
    private final Map<ReplyId, String> ids = Collections.synchronizedMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReplyId, String> eldest) {
            return size() > REMEMBERED_IDS;
        }
    });

    WahaGateway(WahaApi api, WahaSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WAHA;
    }

    @Override
    public Optional<SendRates> rates() {
        return Optional.of(settings.rates());
    }

    @Override
    public int maxTextLength() {
        return MAX_TEXT_LENGTH;
    }

    @Override
    public Optional<Telephone> telephone(String digits) {
        return Optional.of(new Telephone(digits + "@c.us", CustomerAlias.phone(digits)));
    }

    @Override
    public String format(String markdown) {
        return WhatsAppText.format(markdown, MAX_TEXT_LENGTH);
    }

    @Override
    public boolean marksRead() {
        return true;
    }

    /** First seen, then typing, as people do; see <a href="https://waha.devlike.pro/docs/overview/how-to-avoid-blocking/">blocking</a>. */
    @Override
    public void markRead(TenantId tenant, Channel channel, ReadMark mark) {
        show(tenant, channel, "/api/sendSeen", Map.of("messageIds", List.of(WahaId.received(mark))), mark);
        if (mark.typing()) {
            show(tenant, channel, "/api/startTyping", Map.of(), mark);
        }
    }

    @Override
    public void stopTyping(TenantId tenant, Channel channel, ReadMark mark) {
        show(tenant, channel, "/api/stopTyping", Map.of(), mark);
    }

    private void show(TenantId tenant, Channel channel, String path, Map<String, Object> more, ReadMark mark) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("session", WahaApi.session(channel));
        body.put("chatId", mark.to());
        api.apiKey(tenant, channel).ifPresent(key -> {
            try {
                api.post(channel, key, path, body);
            } catch (IOException e) {
                LOG.debug("No sign by {}: {}", path, e.getMessage());
            }
        });
    }

    @Override
    public SendResult send(TenantId tenant, Channel channel, OutboundText message) {
        Optional<String> key = api.apiKey(tenant, channel);
        if (key.isEmpty()) {
            return new SendResult.ChannelStopped("no-token", "the API key is missing or cannot be decrypted");
        }
        try {
            String id = idFor(channel, key.get(), message.reply());
            return result(api.post(channel, key.get(), "/api/sendText", body(channel, message, id)), id, key.get());
        } catch (IOException e) {
            return FailedSend.result("WAHA", e);
        }
    }

    @Override
    public FileRules fileRules() {
        return FileRules.WHATSAPP;
    }

    @Override
    public SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        Optional<String> key = api.apiKey(tenant, channel);
        if (key.isEmpty()) {
            return new SendResult.ChannelStopped("no-token", "the API key is missing or cannot be decrypted");
        }
        String path = message.file().type().isPicture() ? "/api/sendImage" : "/api/sendFile";
        try {
            String id = idFor(channel, key.get(), message.message().reply());
            ProviderClient.Response answer = api.postFile(channel, key.get(), path, fileBody(channel, message, id));
            return WahaFileRefusal.of(answer).orElseGet(() -> result(answer, id, key.get()));
        } catch (IOException e) {
            return FailedSend.result("WAHA", e);
        }
    }

    @Override
    public Optional<List<String>> findSent(TenantId tenant, Channel channel, OutboundText message, Instant since) {
        Optional<String> key = api.apiKey(tenant, channel);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Instant from = since.minus(CLOCK_SKEW);
        try {
            return Optional.of(api.messages(channel, key.get(), message.to(), from, true).stream()
                    .filter(found -> found.path("fromMe").asBoolean(false))
                    .filter(found -> found.path("timestamp").asLong(Long.MAX_VALUE) >= from.getEpochSecond())
                    .filter(found -> says(found, message.text().strip()))
                    .map(found -> WahaId.messageOf(WahaApi.id(found.path("id"))))
                    .filter(Objects::nonNull)
                    .toList());
        } catch (IOException e) {
            LOG.warn(
                    "Whether WAHA took reply {} of tenant {} cannot be asked: {}",
                    message.reply(),
                    tenant,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** @param text blank for a file without words */
    private static boolean says(JsonNode found, String text) {
        String body = textAt(found, "body");
        return text.isEmpty()
                ? found.path("hasMedia").asBoolean(false) && (body == null || body.isBlank())
                : body != null && body.strip().equals(text);
    }

    /** Null where the engine chooses by itself. */
    private @Nullable String idFor(Channel channel, String key, ReplyId reply) throws IOException {
        String known = ids.get(reply);
        if (known != null) {
            return known;
        }
        ProviderClient.Response answer = asked(channel, key);
        String id = answer.status() == 200 ? textAt(Payload.read(answer.body()), "id") : null;
        if (id != null) {
            ids.put(reply, id);
        }
        return id;
    }

    /** Nothing of the message has left yet, whatever becomes of this question. */
    private ProviderClient.Response asked(Channel channel, String key) throws IOException {
        try {
            return api.get(channel, key, WahaApi.sessionPath(channel) + "/new-message-id");
        } catch (ProviderClient.UnreachableException | ProviderClient.NotAllowedException e) {
            throw e;
        } catch (IOException _) {
            return new ProviderClient.Response(0, Map.of(), new byte[0]);
        }
    }

    private static Map<String, Object> body(Channel channel, OutboundText message, @Nullable String id) {
        Map<String, Object> body = envelope(channel, message, id);
        body.put("text", message.text());
        body.put("linkPreview", false);
        return body;
    }

    private static Map<String, Object> fileBody(Channel channel, OutboundFile message, @Nullable String id) {
        AttachedFile file = message.file();
        Map<String, Object> body = envelope(channel, message.message(), id);
        body.put("file", Map.of("mimetype", file.type().mediaType(), "filename", file.name(), "data", file.content()));
        if (!message.message().text().isBlank()) {
            body.put("caption", message.message().text());
        }
        return body;
    }

    /** All but what is said. */
    private static Map<String, Object> envelope(Channel channel, OutboundText message, @Nullable String id) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", WahaApi.session(channel));
        body.put("chatId", message.to());
        if (id != null) {
            body.put("id", id);
        }
        return body;
    }

    private SendResult result(ProviderClient.Response response, @Nullable String id, String key) {
        JsonNode body = Payload.read(response.body());
        int status = response.status();
        if (status == 200 || status == 201) {
            String told = WahaApi.id(body.path("id"));
            String sent = told == null ? (id == null ? textAt(body, "key", "id") : id) : told;
            return sent == null
                    ? new SendResult.Unclear("WAHA answered HTTP " + status + " without a message id")
                    : new SendResult.Accepted(WahaId.of(sent).message());
        }
        String code = "http-" + status;
        String reason = reason(status, body).replace(key, "***");
        return switch (status) {
            case 401, 403 -> new SendResult.ChannelStopped(code, reason);
            case 404 -> new SendResult.ChannelStopped(code, reason + " (there is no WAHA at this address)");
            case 408, 422, 425, 429 -> new SendResult.Throttled(code, reason, RetryAfter.of(response));
            default -> status >= 500 ? new SendResult.Unclear(reason) : new SendResult.Rejected(code, reason);
        };
    }

    private static String reason(int status, JsonNode body) {
        String error = textAt(body, "error") == null ? textAt(body, "message") : textAt(body, "error");
        String reason = "WAHA answered HTTP " + status + (error == null ? "" : ": " + error);
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
