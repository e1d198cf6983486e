package io.switchboard.models;

import io.switchboard.retrieval.Embedder;

/** The model in this process, with nothing of the program around it. */
public final class BareEmbedder {

    private BareEmbedder() {}

    /** Lives as long as the process. */
    public static Embedder start() {
        return new InProcessEmbedder();
    }
}
