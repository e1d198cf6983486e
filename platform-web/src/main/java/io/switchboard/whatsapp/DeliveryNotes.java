package io.switchboard.whatsapp;

import io.switchboard.channels.RoutedChannel;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.webhooklog.WebhookDelivery;
import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import io.switchboard.webhooklog.WebhookLogService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes down what came to a channel's webhook, in kinds and counts. */
@Component
public class DeliveryNotes {

    private final WebhookLogService log;
    private final Clock clock;

    DeliveryNotes(WebhookLogService log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param bytes length of the body */
    record Arrival(Instant at, long nanos, int bytes) {}

    Arrival arrival(int bytes) {
        return new Arrival(clock.instant(), System.nanoTime(), bytes);
    }

    void taken(RoutedChannel routed, Delivery delivery, Arrival arrival) {
        boolean something =
                !delivery.messages().isEmpty() || !delivery.statuses().isEmpty();
        note(routed, something ? Outcome.STORED : Outcome.NOTHING, arrival, delivery, null);
    }

    void note(RoutedChannel routed, Outcome outcome, Arrival arrival, String error) {
        note(routed, outcome, arrival, Delivery.NOTHING, error);
    }

    /** Messages that nobody delivered. */
    void fetched(RoutedChannel routed, int messages) {
        log.note(
                routed.tenant(),
                new WebhookDelivery(
                        TimeOrderedUuid.next(),
                        routed.channel().id(),
                        clock.instant(),
                        Outcome.FETCHED,
                        "",
                        messages,
                        0,
                        0,
                        0,
                        0,
                        Duration.ZERO,
                        null));
    }

    private void note(
            RoutedChannel routed, Outcome outcome, Arrival arrival, Delivery delivery, @Nullable String error) {
        log.note(
                routed.tenant(),
                new WebhookDelivery(
                        TimeOrderedUuid.next(),
                        routed.channel().id(),
                        arrival.at(),
                        outcome,
                        kinds(delivery),
                        delivery.messages().size(),
                        delivery.statuses().size(),
                        delivery.ignored(),
                        delivery.broken(),
                        arrival.bytes(),
                        Duration.ofNanos(System.nanoTime() - arrival.nanos()),
                        error));
    }

    private static String kinds(Delivery delivery) {
        Stream<String> messages =
                delivery.messages().stream().map(message -> message.kind().name());
        Stream<String> statuses = delivery.statuses().stream()
                .map(status -> "STATUS " + status.state().name());
        return Stream.concat(messages, statuses).distinct().sorted().collect(Collectors.joining(", "));
    }
}
