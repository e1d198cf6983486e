package io.switchboard.whatsapp;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.limits.Limits;
import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes deliveries of providers, the same way for all: the channel, the signature on the bytes as they came, and then everything on disk
 * before the provider gets its 200. A delivery that could not be stored is answered with 503, so that it comes again.
 */
@Component
public class WebhookDoor {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDoor.class);

    /** Meta sends 3 MB at most, others less. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final ChannelService channels;
    private final DeliveryIntake intake;
    private final DeliveryNotes notes;
    private final Limits limits;
    private final Clock clock;

    WebhookDoor(ChannelService channels, DeliveryIntake intake, DeliveryNotes notes, Limits limits, Clock clock) {
        this.channels = channels;
        this.intake = intake;
        this.notes = notes;
        this.limits = limits;
        this.clock = clock;
    }

    /** A delivery to a channel's own address. */
    public ResponseEntity<?> receive(ProviderWebhook webhook, String channelKey, HttpServletRequest request)
            throws IOException {
        Optional<RoutedChannel> found = route(webhook.provider(), channelKey);
        if (found.isEmpty()) {
            return unknownChannel();
        }
        RoutedChannel routed = found.get();
        Optional<byte[]> read = body(request);
        if (read.isEmpty()) {
            return tooLarge();
        }
        byte[] body = read.get();
        DeliveryNotes.Arrival arrival = notes.arrival(body.length);
        if (!webhook.isSigned(routed, request, body)) {
            return refuse(List.of(routed), arrival, webhook.refused(), request);
        }
        Delivery delivery = webhook.read(routed, request, body, clock.instant());
        return store(List.of(new SharedWebhook.Addressed(routed, delivery)), arrival)
                .orElseGet(webhook::accepted);
    }

    /**
     * A delivery to an address that many channels share. What is signed for one of them is stored, whatever else is in it; as long as a part
     * for another is not believed the answer is 401, so that it comes again until somebody has entered that channel's secret.
     */
    public ResponseEntity<?> receive(SharedWebhook webhook, HttpServletRequest request) throws IOException {
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return tooLarge();
        }
        DeliveryNotes.Arrival arrival = notes.arrival(body.get().length);
        SharedWebhook.Opened opened = webhook.open(request, body.get(), clock.instant());
        Optional<ResponseEntity<?>> failed = store(opened.accepted(), arrival);
        if (failed.isPresent()) {
            return failed.get();
        }
        boolean understood = opened.forNobody() || !opened.accepted().isEmpty();
        return understood && opened.refused().isEmpty()
                ? ResponseEntity.ok().build()
                : refuse(opened.refused(), arrival, HttpStatus.UNAUTHORIZED, request);
    }

    /** The channel that an address names, if it is the provider's. */
    public Optional<RoutedChannel> route(ChannelProvider provider, String channelKey) {
        return channels.route(channelKey).filter(routed -> routed.channel().provider() == provider);
    }

    /**
     * Empty if everything is stored; where the database could not take it nothing is lost, since the provider comes again. A part that
     * cannot be stored keeps no other from being stored.
     */
    private Optional<ResponseEntity<?>> store(List<SharedWebhook.Addressed> parts, DeliveryNotes.Arrival arrival) {
        boolean stored = true;
        for (SharedWebhook.Addressed part : parts) {
            try {
                intake.take(part.routed(), part.delivery());
                notes.taken(part.routed(), part.delivery(), arrival);
            } catch (DataAccessException | TransactionException e) {
                LOG.error("A delivery could not be stored; refused, so that its provider delivers it again", e);
                notes.note(
                        part.routed(),
                        Outcome.FAILED,
                        arrival,
                        "not stored: " + e.getClass().getSimpleName());
                stored = false;
            }
        }
        return stored
                ? Optional.empty()
                : Optional.of(
                        problem(HttpStatus.SERVICE_UNAVAILABLE, "The delivery could not be stored; deliver it again."));
    }

    /** Empty if it is longer than any provider sends. */
    private static Optional<byte[]> body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
    }

    private ResponseEntity<?> refuse(
            List<RoutedChannel> named, DeliveryNotes.Arrival arrival, HttpStatus status, HttpServletRequest request) {
        Optional<Duration> wait = limits.badDelivery(request);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        if (named.isEmpty()) {
            LOG.warn("A delivery names no channel of this installation, or has no valid signature; refused");
        }
        for (RoutedChannel routed : named) {
            LOG.warn(
                    "Delivery to channel {} of tenant {} has no valid signature; refused. Check the channel's secret",
                    routed.channel().id(),
                    routed.tenant());
            notes.note(routed, Outcome.REFUSED, arrival, "the signature is missing or wrong");
        }
        return problem(status, "The signature is missing or wrong.");
    }

    /** Not logged: whoever goes on like this would fill the log. */
    private static ResponseEntity<ProblemDetail> tooMany(Duration wait) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Limits.retryAfter(wait))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.TOO_MANY_REQUESTS, "There were too many deliveries without a valid signature."));
    }

    private static ResponseEntity<ProblemDetail> tooLarge() {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "A delivery has 4 MB at most.");
    }

    public static ResponseEntity<ProblemDetail> unknownChannel() {
        return problem(HttpStatus.NOT_FOUND, "There is no such channel.");
    }

    public static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
