package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Twilio's webhook. 200 means that what the request brings is stored or has no place in the inbox. Twilio hardly repeats what we refuse;
 * {@link TwilioCatchUp} fetches it.
 *
 * <p>The request is read here and nowhere before: whoever asks the server for a parameter takes the body away.
 */
@RestController
@RequestMapping("/webhooks/twilio/{channelKey}")
class TwilioWebhookController {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhookController.class);

    /** A request has some kilobytes. */
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    /** Says nothing to the customer; the answer follows by the API. */
    private static final String NOTHING_TO_SAY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final ChannelService channels;
    private final TwilioIntake intake;
    private final InstallationSettings installation;
    private final Limits limits;

    TwilioWebhookController(
            ChannelService channels, TwilioIntake intake, InstallationSettings installation, Limits limits) {
        this.channels = channels;
        this.intake = intake;
        this.installation = installation;
        this.limits = limits;
    }

    @PostMapping
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return take(channelKey, request, intake::takeMessage);
    }

    /** What became of our messages. */
    @PostMapping("/status")
    ResponseEntity<?> report(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        String query = request.getQueryString();
        return take(
                channelKey,
                request,
                (routed, parameters) -> intake.takeStatus(
                        routed,
                        parameters,
                        query == null
                                ? null
                                : TwilioParameters.ofForm(query.getBytes(StandardCharsets.UTF_8))
                                        .text(TwilioStatus.CALLBACK)));
    }

    @FunctionalInterface
    private interface Taker {
        void take(RoutedChannel routed, TwilioParameters parameters);
    }

    private ResponseEntity<?> take(String channelKey, HttpServletRequest request, Taker taker) throws IOException {
        Optional<RoutedChannel> routed =
                channels.route(channelKey).filter(found -> found.channel().provider() == ChannelProvider.TWILIO);
        if (routed.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "There is no such channel.");
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return problem(HttpStatus.CONTENT_TOO_LARGE, "A request has 1 MB at most.");
        }
        Optional<TwilioParameters> parameters = signed(routed.get(), request, body);
        if (parameters.isEmpty()) {
            return refused(routed.get(), request);
        }
        taker.take(routed.get(), parameters.get());
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(NOTHING_TO_SAY);
    }

    /** The parameters, if the signature is right. */
    private Optional<TwilioParameters> signed(RoutedChannel routed, HttpServletRequest request, byte[] body) {
        Channel channel = routed.channel();
        Optional<String> token = channels.credential(routed.tenant(), channel.id(), "authToken");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String url = url(request);
        String signature = request.getHeader(TwilioSignature.HEADER);
        if (isForm(request)) {
            TwilioParameters form = TwilioParameters.ofForm(body);
            return TwilioSignature.matches(token.get(), url, form.all(), signature)
                    ? Optional.of(form)
                    : Optional.empty();
        }
        return TwilioSignature.matches(token.get(), url, body, signature)
                ? Optional.of(intake.parameters(body))
                : Optional.empty();
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /**
     * The address that Twilio called: where we are known to the world, whatever a proxy has made of it. Without a public address it is
     * the one that was called here.
     */
    private String url(HttpServletRequest request) {
        String called = request.getRequestURL().toString();
        String base = installation.publicUrl() == null
                ? called.substring(0, called.length() - request.getRequestURI().length())
                : publicBase(installation);
        String query = request.getQueryString();
        return base + request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    static String publicBase(InstallationSettings installation) {
        URI address = Objects.requireNonNull(installation.publicUrl(), "no public address");
        return address.toString().replaceAll("/+$", "");
    }

    private ResponseEntity<?> refused(RoutedChannel routed, HttpServletRequest request) {
        Optional<Duration> wait = limits.badDelivery(request);
        if (wait.isPresent()) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, Limits.retryAfter(wait.get()))
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(ProblemDetail.forStatusAndDetail(
                            HttpStatus.TOO_MANY_REQUESTS, "There were too many requests without a valid signature."));
        }
        LOG.warn(
                "Request to channel {} of tenant {} has no valid signature; refused. Check the channel's auth token and SWITCHBOARD_PUBLIC_URL",
                routed.channel().id(),
                routed.tenant());
        return problem(HttpStatus.FORBIDDEN, "The signature is missing or wrong.");
    }

    /** Twilio goes to its fallback address, and we fetch the message later. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<?> notStored(RuntimeException e) {
        LOG.error("A request of Twilio could not be stored; refused, and fetched later", e);
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The request could not be stored.");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, @Nullable String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
