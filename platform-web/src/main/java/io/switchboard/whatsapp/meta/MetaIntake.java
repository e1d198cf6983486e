package io.switchboard.whatsapp.meta;

import io.switchboard.channels.Channel;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.kernel.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stores what a delivery brings. Returns once all of it is on disk; throws if the database could not take it. */
@Component
class MetaIntake {

    private static final Logger LOG = LoggerFactory.getLogger(MetaIntake.class);

    private final ConversationService conversations;
    private final JsonMapper json;
    private final Clock clock;

    MetaIntake(ConversationService conversations, JsonMapper json, Clock clock) {
        this.conversations = conversations;
        this.json = json;
        this.clock = clock;
    }

    void take(RoutedChannel routed, byte[] body) {
        TenantId tenant = routed.tenant();
        Channel channel = routed.channel();
        String number = channel.settings().getOrDefault("phoneNumberId", "");
        parse(routed, body)
                .map(root -> MetaDelivery.read(root, number, clock.instant()))
                .ifPresent(delivery -> {
                    storeEach(
                            routed,
                            delivery.messages(),
                            messages -> conversations.receive(tenant, channel.id(), messages));
                    storeEach(
                            routed,
                            delivery.statuses(),
                            statuses -> conversations.recordStatuses(tenant, channel.id(), statuses));
                });
    }

    /** Signed and yet unreadable: it would be so the next time too, and Meta would repeat it for days. */
    private Optional<JsonNode> parse(RoutedChannel routed, byte[] body) {
        try {
            return Optional.of(json.readTree(body));
        } catch (JacksonException e) {
            LOG.warn(
                    "Delivery to channel {} of tenant {} is signed but no JSON; dropped ({})",
                    routed.channel().id(),
                    routed.tenant(),
                    e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** All at once; one by one if the database cannot keep one of them as it is, so that the others are not lost with it. */
    private static <T> void storeEach(RoutedChannel routed, List<T> elements, Consumer<List<T>> store) {
        if (elements.isEmpty()) {
            return;
        }
        try {
            store.accept(elements);
        } catch (DataIntegrityViolationException _) {
            elements.forEach(element -> storeAlone(routed, element, store));
        }
    }

    private static <T> void storeAlone(RoutedChannel routed, T element, Consumer<List<T>> store) {
        try {
            store.accept(List.of(element));
        } catch (DataIntegrityViolationException e) {
            LOG.error(
                    "Part of a delivery to channel {} of tenant {} cannot be stored; dropped: {}",
                    routed.channel().id(),
                    routed.tenant(),
                    element.getClass().getSimpleName(),
                    e);
        }
    }
}
