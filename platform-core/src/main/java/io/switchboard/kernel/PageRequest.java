package io.switchboard.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit items at most, 1 to 200
 * @param after cursor from the slice before ({@link Slice#next}); null for the first
 */
public record PageRequest(int limit, @Nullable String after) {

    public static final int MAX_LIMIT = 200;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit outside 1 to " + MAX_LIMIT + ": " + limit);
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
