package io.switchboard.whatsapp.meta;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.whatsapp.WebhookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

    /** The handshake, in which Meta proves that it knows our token and we that we read it. It carries no signature. */
    @GetMapping
    ResponseEntity<?> handshake(
            @PathVariable String channelKey,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        Optional<RoutedChannel> routed = door.route(ChannelProvider.META, channelKey);
        if (routed.isEmpty()) {
            return WebhookDoor.unknownChannel();
        }
        if (!"subscribe".equals(mode)
                || challenge == null
                || !same(routed.get().channel().verifyToken(), token)) {
            return WebhookDoor.problem(HttpStatus.FORBIDDEN, "The verify token is not this channel's.");
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
    }

    @PostMapping
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return door.receive(deliveries, channelKey, request);
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
