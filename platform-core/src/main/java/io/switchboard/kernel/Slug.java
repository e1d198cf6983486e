package io.switchboard.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/** The short name of a tenant in addresses and headers: 2 to 40 of {@code a-z 0-9 -}, starting with a letter or digit. */
public record Slug(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{1,39}");

    public Slug {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a slug (2 to 40 of a-z, 0-9 and -): " + value);
        }
    }

    /** Empty if the text cannot be a slug. */
    public static Optional<Slug> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Slug(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
