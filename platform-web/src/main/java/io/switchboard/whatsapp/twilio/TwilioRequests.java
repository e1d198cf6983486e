package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.whatsapp.Delivery;
import io.switchboard.whatsapp.ProviderWebhook;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Signature and reading of Twilio's requests: a message or a status each, as a form, which nobody may have read before. */
@Component
class TwilioRequests implements ProviderWebhook {

    /** Says nothing to the customer; the answer follows by the API. */
    private static final String NOTHING_TO_SAY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final ChannelService channels;
    private final InstallationSettings installation;
    private final JsonMapper json;

    TwilioRequests(ChannelService channels, InstallationSettings installation, JsonMapper json) {
        this.channels = channels;
        this.installation = installation;
        this.json = json;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.TWILIO;
    }

    @Override
    public boolean isSigned(RoutedChannel routed, HttpServletRequest request, byte[] body) {
        String url = url(request);
        String signature = request.getHeader(TwilioSignature.HEADER);
        return channels.credential(routed.tenant(), routed.channel().id(), "authToken")
                .map(token -> isForm(request)
                        ? TwilioSignature.matches(
                                token, url, TwilioParameters.ofForm(body).all(), signature)
                        : TwilioSignature.matches(token, url, body, signature))
                .orElse(false);
    }

    /** Statuses come to the address of messages too where somebody entered one address for both. */
    @Override
    public Delivery read(RoutedChannel routed, HttpServletRequest request, byte[] body, Instant arrival) {
        TwilioParameters parameters =
                isForm(request) ? TwilioParameters.ofForm(body) : TwilioParameters.ofJson(body, json);
        Delivery.Reader reader =
                new Delivery.Reader("channel " + routed.channel().id());
        boolean status = request.getRequestURI().endsWith("/status")
                || TwilioStatus.state(parameters.text("MessageStatus")) != null;
        if (status) {
            reader.status(
                    parameters,
                    "Status",
                    it -> TwilioStatus.read(routed.channel(), it, callbackData(request), arrival));
        } else {
            reader.message(parameters, "Message", it -> TwilioMessage.read(routed.channel(), it, arrival, json));
        }
        return reader.delivery();
    }

    @Override
    public ResponseEntity<?> accepted() {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(NOTHING_TO_SAY);
    }

    @Override
    public HttpStatus refused() {
        return HttpStatus.FORBIDDEN;
    }

    private static @Nullable String callbackData(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? null
                : TwilioParameters.ofForm(query.getBytes(StandardCharsets.UTF_8))
                        .text(TwilioStatus.CALLBACK);
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
}
