package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.label;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.whatsapp.Delivery;
import io.switchboard.whatsapp.ProviderWebhook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signature and reading of what Meta posts. A delivery holds many entries, changes and messages; each is read on its own. */
@Component
class MetaDeliveries implements ProviderWebhook {

    private static final Logger LOG = LoggerFactory.getLogger(MetaDeliveries.class);

    private final ChannelService channels;
    private final JsonMapper json;

    MetaDeliveries(ChannelService channels, JsonMapper json) {
        this.channels = channels;
        this.json = json;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public boolean isSigned(RoutedChannel routed, HttpServletRequest request, byte[] body) {
        return secret(routed)
                .map(secret -> MetaSignature.matches(secret, body, request.getHeader(MetaSignature.HEADER)))
                .orElse(false);
    }

    /** Without it nothing is signed, and Meta comes again. */
    Optional<String> secret(RoutedChannel routed) {
        return channels.credential(routed.tenant(), routed.channel().id(), "appSecret");
    }

    /**
     * Reads what is meant for the channel's number. Changes that name another one are left out: the signature proves whose app sent the
     * delivery, not that the number in it is theirs.
     */
    @Override
    public Delivery read(RoutedChannel routed, HttpServletRequest request, byte[] body, Instant arrival) {
        return parse(body)
                .map(root -> read(root, routed.channel().settings().getOrDefault("phoneNumberId", ""), arrival))
                .orElse(Delivery.NOTHING);
    }

    /** Signed and yet unreadable: it would be so the next time too, and Meta would repeat it for days. */
    Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.of(json.readTree(body));
        } catch (JacksonException e) {
            LOG.warn("A delivery of Meta is no JSON; dropped ({})", e.getOriginalMessage());
            return Optional.empty();
        }
    }

    static Delivery read(JsonNode root, String phoneNumberId, Instant arrival) {
        Delivery.Reader reader = new Delivery.Reader("number " + phoneNumberId);
        for (JsonNode entry : elements(root, "entry")) {
            for (JsonNode change : elements(entry, "changes")) {
                if (isFor(change, phoneNumberId)) {
                    readChange(change, reader, arrival);
                }
            }
        }
        return reader.delivery();
    }

    private static void readChange(JsonNode change, Delivery.Reader reader, Instant arrival) {
        JsonNode value = change.path("value");
        switch (field(change)) {
            case "messages" -> {
                logErrors(value);
                elements(value, "messages")
                        .forEach(message -> reader.message(
                                message, named("Message", message), it -> MetaMessage.read(it, value, arrival)));
                elements(value, "statuses")
                        .forEach(status ->
                                reader.status(status, named("Status", status), it -> MetaStatus.read(it, arrival)));
            }
            case "smb_message_echoes" ->
                elements(value, "message_echoes")
                        .forEach(echo ->
                                reader.message(echo, named("Echo", echo), it -> MetaEcho.read(it, value, arrival)));
            default -> reader.ignored("Change of field " + label(change, "field"));
        }
    }

    /** A change without a name is one of messages. */
    private static String field(JsonNode change) {
        String field = textAt(change, "field");
        return field == null ? "messages" : field;
    }

    private static boolean isFor(JsonNode change, String phoneNumberId) {
        String named = phoneNumberId(change);
        if (!phoneNumberId.equals(named)) {
            LOG.info(
                    "Change of field {} for number {} came to the address of number {}; ignored",
                    label(change, "field"),
                    label(change, "value", "metadata", "phone_number_id"),
                    phoneNumberId);
            return false;
        }
        return true;
    }

    /** Null where the change is about an account and not about a number. */
    static @Nullable String phoneNumberId(JsonNode change) {
        return textAt(change, "value", "metadata", "phone_number_id");
    }

    private static void logErrors(JsonNode value) {
        elements(value, "errors")
                .forEach(error -> LOG.warn(
                        "Meta reports error {} for number {}: {}",
                        label(error, "code"),
                        label(value, "metadata", "phone_number_id"),
                        label(error, "title")));
    }

    private static String named(String what, JsonNode element) {
        return what + " of type " + label(element, "type");
    }
}
