package io.switchboard.whatsapp.meta;

import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Comes to a channel's webhook as Meta does, through whatever stands before it: first the handshake, then a signed delivery of nothing. */
@Component
class FrontDoor {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 16;
    private static final byte[] NOTHING =
            "{\"object\":\"whatsapp_business_account\",\"entry\":[]}".getBytes(StandardCharsets.UTF_8);

    private final ProviderClient http = new ProviderClient(Duration.ofSeconds(3));

    Finding tryOut(URI address, String verifyToken, String appSecret) {
        try {
            String challenge = UUID.randomUUID().toString();
            ProviderClient.Response handshake = http.send(
                    "GET",
                    URI.create(address + "?hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                            + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8)),
                    Map.of(),
                    null,
                    LIMIT,
                    LONGEST_ANSWER);
            if (handshake.status() != 200 || !new String(handshake.body(), StandardCharsets.UTF_8).equals(challenge)) {
                return closed(address, "answers the handshake with HTTP " + handshake.status());
            }
            ProviderClient.Response delivery = http.send(
                    "POST",
                    address,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            MetaSignature.HEADER,
                            MetaSignature.of(appSecret, NOTHING)),
                    NOTHING,
                    LIMIT,
                    LONGEST_ANSWER);
            return delivery.status() == 200
                    ? Finding.ok(Step.FRONT_DOOR, "A signed delivery through our public address arrived.")
                    : closed(address, "answers a signed delivery with HTTP " + delivery.status());
        } catch (IOException e) {
            return closed(address, "does not answer: " + e.getMessage());
        }
    }

    private static Finding closed(URI address, String problem) {
        return Finding.failed(
                Step.FRONT_DOOR,
                "Our public address " + address + " " + problem + ".",
                "The operator checks that SWITCHBOARD_PUBLIC_URL is right, that its certificate is valid, and that the proxy before it"
                        + " passes everything below /webhooks/ on, unchanged.");
    }
}
