package io.switchboard.retrieval;

/**
 * An embedding model by what tells its vectors from those of others.
 *
 * @param name as {@link Embedder#model}
 * @param dimension length of its vectors
 */
public record VectorModel(String name, int dimension) {

    static VectorModel of(Embedder embedder) {
        return new VectorModel(embedder.model(), embedder.dimension());
    }
}
