package io.switchboard.retrieval;

import java.util.Optional;

/** Models that the settings do not name any more, as far as this program can run them all the same. */
@FunctionalInterface
public interface FormerEmbedders {

    /** @param model as {@link Embedder#model} */
    Optional<Embedder> find(String model);
}
