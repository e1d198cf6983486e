package io.switchboard.whatsapp.meta;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.whatsapp.WebhookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

    private final WebhookDoor door;
    private final MetaDeliveries deliveries;

    MetaWebhookController(WebhookDoor door, MetaDeliveries deliveries) {
        this.door = door;
        this.deliveries = deliveries;
    }

    @GetMapping
    ResponseEntity<?> handshake(
            @PathVariable String channelKey,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        return door.route(ChannelProvider.META, channelKey)
                .<ResponseEntity<?>>map(routed -> MetaHandshake.answer(routed, mode, token, challenge))
                .orElseGet(WebhookDoor::unknownChannel);
    }

    @PostMapping
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return door.receive(deliveries, channelKey, request);
    }
}
