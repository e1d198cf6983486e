package io.switchboard.kernel;

/** Tokens as a model counts them. */
public record TokenCount(long value) {

    public static final TokenCount ZERO = new TokenCount(0);

    public TokenCount {
        if (value < 0) {
            throw new IllegalArgumentException("negative token count: " + value);
        }
    }

    public TokenCount plus(TokenCount other) {
        return new TokenCount(value + other.value);
    }
}
