package io.switchboard.whatsapp.waha;

import io.switchboard.whatsapp.WebhookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WAHA's webhook. What is refused comes again for some seconds only; {@link WahaCatchUp} fetches the rest. */
@RestController
@RequestMapping("/webhooks/waha/{channelKey}")
class WahaWebhookController {

    private final WebhookDoor door;
    private final WahaEvents events;

    WahaWebhookController(WebhookDoor door, WahaEvents events) {
        this.door = door;
        this.events = events;
    }

    @PostMapping
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return door.receive(events, channelKey, request);
    }
}
