package io.switchboard.whatsapp.meta;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Meta's webhook. 200 means that everything in the delivery is stored or has no place in the inbox; anything else makes Meta deliver it
 * again for up to seven days.
 */
@RestController
@RequestMapping("/webhooks/meta/{channelKey}")
class MetaWebhookController {

    private static final Logger LOG = LoggerFactory.getLogger(MetaWebhookController.class);

    /** Meta sends 3 MB at most. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final ChannelService channels;
    private final MetaIntake intake;
    private final Limits limits;

    MetaWebhookController(ChannelService channels, MetaIntake intake, Limits limits) {
        this.channels = channels;
        this.intake = intake;
        this.limits = limits;
    }

    /** The handshake, in which Meta proves that it knows our token and we that we read it. It carries no signature. */
    @GetMapping
    ResponseEntity<?> handshake(
            @PathVariable String channelKey,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        Optional<RoutedChannel> routed = route(channelKey);
        if (routed.isEmpty()) {
            return unknownChannel();
        }
        if (!"subscribe".equals(mode)
                || challenge == null
                || !same(routed.get().channel().verifyToken(), token)) {
            return problem(HttpStatus.FORBIDDEN, "The verify token is not this channel's.");
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
    }

    @PostMapping
    ResponseEntity<?> deliver(
            @PathVariable String channelKey,
            @RequestHeader(name = MetaSignature.HEADER, required = false) @Nullable String signature,
            HttpServletRequest request)
            throws IOException {
        Optional<RoutedChannel> routed = route(channelKey);
        if (routed.isEmpty()) {
            return unknownChannel();
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return problem(HttpStatus.CONTENT_TOO_LARGE, "A delivery has 4 MB at most.");
        }
        if (!isSigned(routed.get(), body, signature)) {
            Optional<Duration> wait = limits.badDelivery(request);
            if (wait.isPresent()) {
                return tooMany(wait.get());
            }
            LOG.warn(
                    "Delivery to channel {} of tenant {} has no valid signature; refused. Check the channel's app secret",
                    routed.get().channel().id(),
                    routed.get().tenant());
            return problem(HttpStatus.UNAUTHORIZED, "The signature is missing or wrong.");
        }
        intake.take(routed.get(), body);
        return ResponseEntity.ok().build();
    }

    /** Nothing is lost: Meta comes again. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<?> notStored(RuntimeException e) {
        LOG.error("A delivery of Meta could not be stored; refused, so that Meta delivers it again", e);
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The delivery could not be stored; deliver it again.");
    }

    private Optional<RoutedChannel> route(String key) {
        return channels.route(key).filter(routed -> routed.channel().provider() == ChannelProvider.META);
    }

    private boolean isSigned(RoutedChannel routed, byte[] body, @Nullable String signature) {
        Channel channel = routed.channel();
        return channels.credential(routed.tenant(), channel.id(), "appSecret")
                .map(secret -> MetaSignature.matches(secret, body, signature))
                .orElse(false);
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Not logged: whoever goes on like this would fill the log. */
    private static ResponseEntity<ProblemDetail> tooMany(Duration wait) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Limits.retryAfter(wait))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.TOO_MANY_REQUESTS, "There were too many deliveries without a valid signature."));
    }

    private static ResponseEntity<ProblemDetail> unknownChannel() {
        return problem(HttpStatus.NOT_FOUND, "There is no such channel.");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
