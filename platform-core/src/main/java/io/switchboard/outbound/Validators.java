package io.switchboard.outbound;

import org.jspecify.annotations.Nullable;

/**
 * What a site has told of a page so that it can say later whether the page has changed.
 *
 * @param etag as the site sent it, quotes included
 * @param lastModified as the site sent it
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {

    public static final Validators NONE = new Validators(null, null);

    private static final int MAX_LENGTH = 500;

    /** What is too long to be meant well is forgotten. */
    public Validators {
        etag = limited(etag);
        lastModified = limited(lastModified);
    }

    private static @Nullable String limited(@Nullable String value) {
        return value == null || value.length() > MAX_LENGTH ? null : value;
    }
}
