package io.switchboard.whatsapp.twilio;

import io.switchboard.whatsapp.WebhookDoor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Twilio's webhook. Twilio hardly repeats what we refuse; {@link TwilioCatchUp} fetches it. */
@RestController
@RequestMapping("/webhooks/twilio/{channelKey}")
class TwilioWebhookController {

    private final WebhookDoor door;
    private final TwilioRequests requests;

    TwilioWebhookController(WebhookDoor door, TwilioRequests requests) {
        this.door = door;
        this.requests = requests;
    }

    @PostMapping
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return door.receive(requests, channelKey, request);
    }

    /** What became of our messages. */
    @PostMapping("/status")
    ResponseEntity<?> report(@PathVariable String channelKey, HttpServletRequest request) throws IOException {
        return door.receive(requests, channelKey, request);
    }
}
