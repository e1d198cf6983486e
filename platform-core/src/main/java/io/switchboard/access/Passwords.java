package io.switchboard.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with bcrypt. As bcrypt reads 72 bytes at most and stops at a zero byte, it is given the HMAC-SHA-256 of the password
 * in Base64, so that every character of a long one counts. The name of the method stands before each hash; another may follow one day.
 */
@Component
class Passwords {

    /** OWASP asks for 10 at least (Password Storage Cheat Sheet); each step more doubles the time. */
    private static final int STRENGTH = 11;

    private static final String METHOD = "bcrypt-hmac-sha256";

    private final PasswordEncoder encoder;
    private final String nobody;

    @Autowired
    Passwords() {
        this(new BCryptPasswordEncoder(STRENGTH));
    }

    /** With another hash function. */
    Passwords(PasswordEncoder hash) {
        this.encoder = new DelegatingPasswordEncoder(METHOD, Map.of(METHOD, new LongPasswordEncoder(hash)));
        this.nobody = encode("the password of nobody");
    }

    /** @throws IllegalArgumentException if the password is too short or too long */
    static void requireAcceptable(String password) {
        if (password.length() < AccessService.MIN_PASSWORD_LENGTH
                || password.length() > AccessService.MAX_PASSWORD_LENGTH) {
            throw new IllegalArgumentException("a password has " + AccessService.MIN_PASSWORD_LENGTH + " to "
                    + AccessService.MAX_PASSWORD_LENGTH + " characters");
        }
    }

    String encode(String password) {
        return String.valueOf(encoder.encode(password));
    }

    /**
     * Compares, taking the same time whether there is a hash or not.
     *
     * @param hash null if the user is unknown; then nothing matches
     */
    boolean matches(String password, @Nullable String hash) {
        boolean same = encoder.matches(password, hash == null ? nobody : hash);
        return same && hash != null;
    }

    private record LongPasswordEncoder(PasswordEncoder bcrypt) implements PasswordEncoder {

        /** Not secret: it makes a SHA-256 stolen elsewhere useless for guessing here. */
        private static final byte[] DOMAIN = "switchboard/password".getBytes(StandardCharsets.UTF_8);

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return bcrypt.encode(shorten(password));
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            return bcrypt.matches(shorten(password), hash);
        }

        private static String shorten(@Nullable CharSequence password) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(DOMAIN, "HmacSHA256"));
                return Base64.getEncoder()
                        .encodeToString(mac.doFinal(String.valueOf(password).getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HMAC-SHA-256 is not available in this Java runtime", e);
            }
        }
    }
}
