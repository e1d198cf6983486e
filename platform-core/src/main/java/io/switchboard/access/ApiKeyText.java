package io.switchboard.access;

import io.switchboard.kernel.Sha256;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder keeps it: {@code sbk_}, eight characters by which it is found and recognised, and 256 random bits in 52
 * characters.
 *
 * @param prefix everything before the random bits
 */
record ApiKeyText(String prefix, String value) {

    private static final Pattern FORM = Pattern.compile("(sbk_[a-z2-7]{8})_[a-z2-7]{52}");
    private static final int LOOKUP_BYTES = 5;
    private static final int SECRET_BYTES = 32;

    static ApiKeyText random(SecureRandom random) {
        String prefix = "sbk_" + text(random, LOOKUP_BYTES);
        return new ApiKeyText(prefix, prefix + "_" + text(random, SECRET_BYTES));
    }

    /** Empty if the text cannot be a key; an access token never is one. */
    static Optional<ApiKeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKeyText(form.group(1), text)) : Optional.empty();
    }

    byte[] hash() {
        return Sha256.of(value);
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base32.encode(bytes).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return prefix + "_…";
    }
}
