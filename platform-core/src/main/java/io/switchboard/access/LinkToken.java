package io.switchboard.access;

import io.switchboard.kernel.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret part of a link that works once: 256 random bits, of which only the hash is kept. */
record LinkToken(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static LinkToken random() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    byte[] hash() {
        return Sha256.of(value);
    }

    @Override
    public String toString() {
        return "LinkToken[hidden]";
    }
}
