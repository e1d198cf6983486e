package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The webhook that a session needs in order to deliver to a channel. See <a
 * href="https://waha.devlike.pro/docs/how-to/events/">events</a>.
 */
record WahaHook(URI address, String hmacKey) {

    /** What we read; without the first nobody is answered. */
    static final List<String> EVENTS = List.of(
            "message", "message.ack", "message.reaction", "message.edited", "message.revoked", "session.status");

    private static final int ATTEMPTS = 15;

    @Override
    public String toString() {
        return "WahaHook[" + address + "]";
    }

    /** What is wrong with a session's configuration, as the end of a sentence; empty if nothing is. */
    Optional<String> problem(JsonNode config) {
        List<JsonNode> ours =
                elements(config, "webhooks").stream().filter(this::isOurs).toList();
        if (ours.isEmpty()) {
            return Optional.of("this channel's address was not among its webhooks");
        }
        if (ours.stream().noneMatch(this::signs)) {
            return Optional.of("it did not sign with this channel's HMAC key");
        }
        Set<String> events = ours.stream()
                .flatMap(hook -> elements(hook, "events").stream())
                .map(event -> event.asString(""))
                .collect(Collectors.toSet());
        List<String> missing = EVENTS.stream()
                .filter(event -> !events.contains("*") && !events.contains(event))
                .filter(event -> !event.equals("message") || !events.contains("message.any"))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it did not deliver the events " + String.join(", ", missing));
    }

    /** The configuration with this webhook in it, and everything else as it is. */
    ObjectNode into(JsonNode config) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode changed = config instanceof ObjectNode object ? object.deepCopy() : nodes.objectNode();
        ArrayNode hooks = nodes.arrayNode();
        List<JsonNode> others = new ArrayList<>(elements(config, "webhooks"));
        others.removeIf(this::isOurs);
        hooks.addAll(others);
        ObjectNode hook = hooks.addObject().put("url", address.toString());
        ArrayNode events = hook.putArray("events");
        EVENTS.forEach(events::add);
        hook.putObject("hmac").put("key", hmacKey);
        hook.putObject("retries")
                .put("policy", "exponential")
                .put("delaySeconds", 2)
                .put("attempts", ATTEMPTS);
        changed.set("webhooks", hooks);
        return changed;
    }

    /** A WAHA that does not show the key is believed: each time that we enter it anew, the session begins anew. */
    private boolean signs(JsonNode hook) {
        String key = textAt(hook, "hmac", "key");
        return key == null ? hook.path("hmac").isObject() : key.equals(hmacKey);
    }

    private boolean isOurs(JsonNode hook) {
        return address.toString().equals(textAt(hook, "url"));
    }
}
