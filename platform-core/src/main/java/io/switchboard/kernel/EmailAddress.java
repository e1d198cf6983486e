package io.switchboard.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address in lower case; 254 characters at most (RFC 5321, section 4.5.3.1). */
public record EmailAddress(String value) {

    private static final Pattern SHAPE = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");

    public EmailAddress {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (value.length() > 254 || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an e-mail address: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
