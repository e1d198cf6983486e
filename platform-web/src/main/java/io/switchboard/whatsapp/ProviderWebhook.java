package io.switchboard.whatsapp;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.RoutedChannel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What is particular to one provider in the deliveries to a channel's own address; {@link WebhookDoor} does the rest. */
public interface ProviderWebhook {

    ChannelProvider provider();

    /**
     * Whether the bytes are signed with this channel's own secret. Must fail closed: no secret, no header, no signature.
     *
     * @param body as it came
     */
    boolean isSigned(RoutedChannel routed, HttpServletRequest request, byte[] body);

    /** What a signed delivery brings for this channel and for no other; what makes no sense is left out. */
    Delivery read(RoutedChannel routed, HttpServletRequest request, byte[] body, Instant arrival);

    /** The answer to a delivery that is stored. */
    default ResponseEntity<?> accepted() {
        return ResponseEntity.ok().build();
    }

    /** The status of a delivery that is not signed. */
    default HttpStatus refused() {
        return HttpStatus.UNAUTHORIZED;
    }
}
