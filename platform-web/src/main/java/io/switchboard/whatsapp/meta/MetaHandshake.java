package io.switchboard.whatsapp.meta;

import io.switchboard.channels.RoutedChannel;
import io.switchboard.whatsapp.WebhookDoor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The handshake, in which Meta proves that it knows our token and we that we read it. It carries no signature. */
final class MetaHandshake {

    private MetaHandshake() {}

    static ResponseEntity<?> answer(
            RoutedChannel routed, @Nullable String mode, @Nullable String token, @Nullable String challenge) {
        boolean right = "subscribe".equals(mode)
                && challenge != null
                && same(routed.channel().verifyToken(), token);
        return right ? ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge) : refused();
    }

    static ResponseEntity<?> refused() {
        return WebhookDoor.problem(HttpStatus.FORBIDDEN, "The verify token is not this channel's.");
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
