package io.switchboard.audit;

import java.util.Optional;

/** Who is behind what this thread does at the moment; the edge knows it. */
public interface Presence {

    /** Empty where nobody asked for it. */
    Optional<Actor> actor();

    Origin origin();
}
