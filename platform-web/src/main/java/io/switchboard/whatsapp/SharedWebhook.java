package io.switchboard.whatsapp;

import io.switchboard.channels.RoutedChannel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;

/** What is particular to one provider in deliveries to an address that many channels share; {@link WebhookDoor} does the rest. */
public interface SharedWebhook {

    /** @param delivery what is meant for the channel and for no other */
    record Addressed(RoutedChannel routed, Delivery delivery) {}

    /**
     * A delivery, taken apart.
     *
     * @param accepted channels with whose own secret the bytes are signed, and what is meant for each
     * @param refused channels that it names without being signed with their secret
     * @param forNobody whether it names no channel and needs none, as news of an account do
     */
    record Opened(List<Addressed> accepted, List<RoutedChannel> refused, boolean forNobody) {

        public Opened {
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /** Must fail closed: what is not surely signed with a channel's own secret is not accepted for it. */
    Opened open(HttpServletRequest request, byte[] body, Instant arrival);
}
