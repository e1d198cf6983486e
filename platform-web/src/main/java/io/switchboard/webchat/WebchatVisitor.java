package io.switchboard.webchat;

import io.switchboard.kernel.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on a tenant's page. The page keeps a secret that it made for them; who knows it is them. We keep its digest, so that nobody
 * who reads conversations can speak for a visitor.
 *
 * @param key names the visitor among us
 */
record WebchatVisitor(String key) {

    static final String HEADER = "X-Visitor";

    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,100}");
    private static final int KEY_LENGTH = 24;

    /** Empty if it is no secret that our script makes. */
    static Optional<WebchatVisitor> of(@Nullable String secret) {
        return secret != null && SECRET.matcher(secret).matches()
                ? Optional.of(new WebchatVisitor("visitor-" + Sha256.hex(secret).substring(0, KEY_LENGTH)))
                : Optional.empty();
    }
}
