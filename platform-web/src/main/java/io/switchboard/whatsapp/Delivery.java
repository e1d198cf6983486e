package io.switchboard.whatsapp;

import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.conversations.InboundMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider's delivery brings for one channel.
 *
 * @param ignored elements that have no place in the inbox, such as messages of groups
 * @param broken elements that could not be read
 */
public record Delivery(List<InboundMessage> messages, List<DeliveryStatus> statuses, int ignored, int broken) {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    public static final Delivery NOTHING = new Delivery(List.of(), List.of(), 0, 0);

    public Delivery {
        messages = List.copyOf(messages);
        statuses = List.copyOf(statuses);
    }

    /** Collects what is read, each element on its own: one that makes no sense, or on which reading fails, costs no other. */
    public static final class Reader {

        private final List<InboundMessage> messages = new ArrayList<>();
        private final List<DeliveryStatus> statuses = new ArrayList<>();
        private final String place;
        private int ignored;
        private int broken;

        /** @param place names the channel in the log */
        public Reader(String place) {
            this.place = place;
        }

        /** @param what names the element in the log, without its content */
        public <T> Reader message(T element, String what, Function<T, Optional<InboundMessage>> read) {
            return read(element, what, read, messages::add);
        }

        /** As {@link #message}. */
        public <T> Reader status(T element, String what, Function<T, Optional<DeliveryStatus>> read) {
            return read(element, what, read, statuses::add);
        }

        /** Notes something that needs no reading to be left out. */
        public void ignored(String what) {
            LOG.info("{} for {} needs no place in the inbox; ignored", what, place);
            ignored++;
        }

        private <T, R> Reader read(T element, String what, Function<T, Optional<R>> read, Consumer<R> keep) {
            try {
                read.apply(element).ifPresentOrElse(keep, () -> ignored(what));
            } catch (RuntimeException e) {
                LOG.warn("{} for {} could not be read; dropped", what, place, e);
                broken++;
            }
            return this;
        }

        public Delivery delivery() {
            return new Delivery(messages, statuses, ignored, broken);
        }
    }
}
