package io.switchboard.whatsapp.meta;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.whatsapp.WebhookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The one address of an app that serves many numbers. */
@RestController
@RequestMapping("/webhooks/meta")
class MetaAppWebhookController {

    private final WebhookDoor door;
    private final MetaAppDeliveries deliveries;
    private final ChannelService channels;

    MetaAppWebhookController(WebhookDoor door, MetaAppDeliveries deliveries, ChannelService channels) {
        this.door = door;
        this.deliveries = deliveries;
        this.channels = channels;
    }

    /** The verify token of any of the numbers opens it. */
    @GetMapping
    ResponseEntity<?> handshake(
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        return token == null
                ? MetaHandshake.refused()
                : channels.routeByVerifyToken(ChannelProvider.META, token)
                        .<ResponseEntity<?>>map(routed -> MetaHandshake.answer(routed, mode, token, challenge))
                        .orElseGet(MetaHandshake::refused);
    }

    @PostMapping
    ResponseEntity<?> deliver(HttpServletRequest request) throws IOException {
        return door.receive(deliveries, request);
    }
}
