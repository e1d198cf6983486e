package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.ReadMark;
import io.switchboard.channels.SendRates;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.Telephone;
import io.switchboard.channels.WhatsAppText;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.outbound.RetryAfter;
import io.switchboard.whatsapp.FailedSend;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends through the Cloud API, one try per call. Meta knows no idempotency key, so a request that left without an answer is unclear and
 * not repeated here. See <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages">sending messages</a>.
 */
@Component
class MetaGateway implements ChannelGateway {

    /** Characters in the body of a text message. */
    private static final int MAX_TEXT_LENGTH = 4096;

    /** <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows">Service window</a>. */
    private static final Duration ANSWER_WINDOW = Duration.ofHours(24);

    private static final SendResult NO_TOKEN =
            new SendResult.ChannelStopped("no-token", "the access token is missing or cannot be decrypted");

    private static final Logger LOG = LoggerFactory.getLogger(MetaGateway.class);

    private final ChannelService channels;
    private final MetaSettings settings;
    private final GraphApi graph;

    MetaGateway(ChannelService channels, MetaSettings settings, GraphApi graph) {
        this.channels = channels;
        this.settings = settings;
        this.graph = graph;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
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
        return Optional.of(new Telephone(digits, CustomerAlias.phone(digits)));
    }

    @Override
    public String format(String markdown) {
        return WhatsAppText.format(markdown, MAX_TEXT_LENGTH);
    }

    @Override
    public Optional<Duration> answerWindow() {
        return Optional.of(ANSWER_WINDOW);
    }

    @Override
    public boolean marksRead() {
        return true;
    }

    /** Marks the message and all before it as read; the sign of typing goes with the answer, or after 25 seconds. */
    @Override
    public void markRead(TenantId tenant, Channel channel, ReadMark mark) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("messaging_product", "whatsapp");
        body.put("status", "read");
        body.put("message_id", mark.providerMessageId());
        if (mark.typing()) {
            body.put("typing_indicator", Map.of("type", "text"));
        }
        accessToken(tenant, channel).ifPresent(token -> {
            try {
                graph.postMessage(channel, token, body);
            } catch (IOException e) {
                LOG.debug("Message not marked as read: {}", e.getMessage());
            }
        });
    }

    @Override
    public SendResult send(TenantId tenant, Channel channel, OutboundText message) {
        Map<String, Object> body = envelope(message);
        body.put("type", "text");
        body.put("text", Map.of("body", message.text(), "preview_url", false));
        return send(tenant, channel, body);
    }

    @Override
    public boolean showsChoices(OutboundChoices message) {
        return MetaChoices.fit(message);
    }

    @Override
    public SendResult sendChoices(TenantId tenant, Channel channel, OutboundChoices message) {
        Map<String, Object> body = envelope(message.message());
        body.put("type", "interactive");
        body.put("interactive", MetaChoices.interactive(message));
        return send(tenant, channel, body);
    }

    @Override
    public SendResult sendTemplate(TenantId tenant, Channel channel, OutboundTemplate message) {
        Map<String, Object> body = envelope(message.message());
        body.put("type", "template");
        body.put("template", MetaTemplate.request(message.template()));
        return send(tenant, channel, body);
    }

    @Override
    public FileRules fileRules() {
        return FileRules.WHATSAPP;
    }

    @Override
    public SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        Optional<String> token = accessToken(tenant, channel);
        if (token.isEmpty()) {
            return NO_TOKEN;
        }
        return switch (MetaFile.upload(graph, channel, token.get(), message.file())) {
            case MetaFile.Upload.Failed(var result) -> result;
            case MetaFile.Upload.Done(var id) -> {
                Map<String, Object> body = envelope(message.message());
                MetaFile.describe(body, message.file(), id, message.message().text());
                yield send(tenant, channel, body);
            }
        };
    }

    private SendResult send(TenantId tenant, Channel channel, Map<String, Object> body) {
        Optional<String> token = accessToken(tenant, channel);
        if (token.isEmpty()) {
            return NO_TOKEN;
        }
        try {
            return result(graph.postMessage(channel, token.get(), body), token.get());
        } catch (IOException e) {
            return FailedSend.result("Meta", e);
        }
    }

    /** All but what is said. */
    private static Map<String, Object> envelope(OutboundText message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("messaging_product", "whatsapp");
        body.put("recipient_type", "individual");
        body.put(MetaCustomer.isUserId(message.to()) ? "recipient" : "to", message.to());
        if (message.quotes() != null) {
            body.put("context", Map.of("message_id", message.quotes()));
        }
        body.put("biz_opaque_callback_data", message.callbackData());
        return body;
    }

    private Optional<String> accessToken(TenantId tenant, Channel channel) {
        return channels.credential(tenant, channel.id(), "accessToken");
    }

    private SendResult result(ProviderClient.Response response, String token) {
        JsonNode body = Payload.read(response.body());
        if (response.status() != 200) {
            return MetaError.resultOf(response.status(), body, RetryAfter.of(response), token);
        }
        Set<CustomerAlias> aliases = MetaCustomer.aliases(elements(body, "contacts"));
        return elements(body, "messages").stream()
                .findFirst()
                .map(message -> textAt(message, "id"))
                .<SendResult>map(id -> new SendResult.Accepted(id, aliases))
                .orElseGet(() -> new SendResult.Unclear("Meta answered HTTP 200 without a message id"));
    }
}
