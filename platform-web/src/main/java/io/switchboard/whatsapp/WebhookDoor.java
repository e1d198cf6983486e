package io.switchboard.whatsapp;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
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
 * Takes deliveries of providers, the same way for all: the channel by its key, the signature on the bytes as they came, and then everything
 * on disk before the provider gets its 200. A delivery that could not be stored is answered with 503, so that it comes again.
 */
@Component
public class WebhookDoor {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDoor.class);

    /** Meta sends 3 MB at most, others less. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final ChannelService channels;
    private final DeliveryIntake intake;
    private final Limits limits;
    private final Clock clock;

    WebhookDoor(ChannelService channels, DeliveryIntake intake, Limits limits, Clock clock) {
        this.channels = channels;
        this.intake = intake;
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
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return tooLarge();
        }
        if (!webhook.isSigned(routed, request, body.get())) {
            return refuse(routed, webhook.refused(), request);
        }
        return store(() -> {
            intake.take(routed, webhook.read(routed, request, body.get(), clock.instant()));
            return webhook.accepted();
        });
    }

    /** The channel that an address names, if it is the provider's. */
    public Optional<RoutedChannel> route(ChannelProvider provider, String channelKey) {
        return channels.route(channelKey).filter(routed -> routed.channel().provider() == provider);
    }

    /** Stores by an action; where the database could not take it, nothing is lost: the provider comes again. */
    ResponseEntity<?> store(java.util.function.Supplier<ResponseEntity<?>> action) {
        try {
            return action.get();
        } catch (DataAccessException | TransactionException e) {
            LOG.error("A delivery could not be stored; refused, so that its provider delivers it again", e);
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "The delivery could not be stored; deliver it again.");
        }
    }

    /** Empty if it is longer than any provider sends. */
    Optional<byte[]> body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
    }

    private ResponseEntity<?> refuse(RoutedChannel routed, HttpStatus status, HttpServletRequest request) {
        Optional<Duration> wait = limits.badDelivery(request);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        LOG.warn(
                "Delivery to channel {} of tenant {} has no valid signature; refused. Check the channel's secret",
                routed.channel().id(),
                routed.tenant());
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
