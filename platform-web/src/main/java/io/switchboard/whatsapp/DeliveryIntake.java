package io.switchboard.whatsapp;

import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Stores what a delivery brings. Returns once all of it is on disk; throws if the database could not take it. */
@Component
public class DeliveryIntake {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryIntake.class);

    private final ConversationService conversations;

    DeliveryIntake(ConversationService conversations) {
        this.conversations = conversations;
    }

    public void take(RoutedChannel routed, Delivery delivery) {
        storeEach(
                routed,
                delivery.messages(),
                messages ->
                        conversations.receive(routed.tenant(), routed.channel().id(), messages));
        storeEach(
                routed,
                delivery.statuses(),
                statuses -> conversations.recordStatuses(
                        routed.tenant(), routed.channel().id(), statuses));
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
