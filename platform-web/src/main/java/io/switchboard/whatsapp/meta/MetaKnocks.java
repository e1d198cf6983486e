package io.switchboard.whatsapp.meta;

import io.switchboard.whatsapp.FrontDoor.Knock;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How Meta comes to a webhook: first the handshake, then deliveries. */
final class MetaKnocks {

    private static final byte[] NOTHING =
            "{\"object\":\"whatsapp_business_account\",\"entry\":[]}".getBytes(StandardCharsets.UTF_8);

    private MetaKnocks() {}

    static List<Knock> of(URI address, String verifyToken, String appSecret) {
        String challenge = UUID.randomUUID().toString();
        URI handshake = URI.create(address + "?hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8));
        return List.of(
                new Knock("the handshake", "GET", handshake, Map.of(), null, challenge),
                Knock.delivery(
                        address,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                MetaSignature.HEADER,
                                MetaSignature.of(appSecret, NOTHING)),
                        NOTHING));
    }
}
