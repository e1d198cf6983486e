package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.meta.MetaJson.elements;
import static io.switchboard.whatsapp.meta.MetaJson.label;
import static io.switchboard.whatsapp.meta.MetaJson.textAt;

import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.conversations.InboundMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What one POST brings for one number. A delivery holds many entries, changes and messages; each is read on its own, so one that makes
 * no sense loses no other.
 */
record MetaDelivery(List<InboundMessage> messages, List<DeliveryStatus> statuses) {

    private static final Logger LOG = LoggerFactory.getLogger(MetaDelivery.class);

    MetaDelivery {
        messages = List.copyOf(messages);
        statuses = List.copyOf(statuses);
    }

    /**
     * Reads what is meant for a number. Changes that name another one are left out: the signature proves whose app sent the delivery, not
     * that the number in it is theirs.
     */
    static MetaDelivery read(JsonNode root, String phoneNumberId, Instant arrival) {
        List<InboundMessage> messages = new ArrayList<>();
        List<DeliveryStatus> statuses = new ArrayList<>();
        for (JsonNode entry : elements(root, "entry")) {
            for (JsonNode change : elements(entry, "changes")) {
                if (!isForMessages(change, phoneNumberId)) {
                    continue;
                }
                JsonNode value = change.path("value");
                logErrors(value, phoneNumberId);
                elements(value, "messages")
                        .forEach(message -> MetaMessage.read(message, value, arrival)
                                .ifPresentOrElse(messages::add, () -> skipped("message", message, phoneNumberId)));
                elements(value, "statuses")
                        .forEach(status -> MetaStatus.read(status, arrival)
                                .ifPresentOrElse(statuses::add, () -> skipped("status", status, phoneNumberId)));
            }
        }
        return new MetaDelivery(messages, statuses);
    }

    private static boolean isForMessages(JsonNode change, String phoneNumberId) {
        String field = textAt(change, "field");
        if (field != null && !field.equals("messages")) {
            LOG.info("Change of field {} ignored for number {}", label(change, "field"), phoneNumberId);
            return false;
        }
        String named = textAt(change, "value", "metadata", "phone_number_id");
        if (!phoneNumberId.equals(named)) {
            LOG.warn(
                    "Change for number {} came to the address of number {}; ignored",
                    label(change, "value", "metadata", "phone_number_id"),
                    phoneNumberId);
            return false;
        }
        return true;
    }

    private static void logErrors(JsonNode value, String phoneNumberId) {
        elements(value, "errors")
                .forEach(error -> LOG.warn(
                        "Meta reports error {} for number {}: {}",
                        label(error, "code"),
                        phoneNumberId,
                        label(error, "title")));
    }

    private static void skipped(String what, JsonNode element, String phoneNumberId) {
        LOG.info(
                "A {} of type {} for number {} needs no place in the inbox; ignored",
                what,
                label(element, "type"),
                phoneNumberId);
    }
}
