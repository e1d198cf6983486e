package io.switchboard.kernel;

import java.util.UUID;

/** A web site of one tenant that documents come from. */
public record SiteId(UUID value) {

    public static SiteId next() {
        return new SiteId(TimeOrderedUuid.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
