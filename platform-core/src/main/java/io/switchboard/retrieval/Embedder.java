package io.switchboard.retrieval;

import java.util.List;

/** Turns text into vectors of unit length. Implementations are safe for concurrent use. */
public interface Embedder {

    /** Name and version of the model; vectors of different models are never compared. */
    String model();

    int dimension();

    /** Longest input in tokens; the rest of a longer one is ignored. */
    int maxTokens();

    /** Pieces of the text, as the model or, for a remote one, a tokenizer near to it counts them. */
    int countTokens(String text);

    /**
     * True if vectors of texts in this language can be trusted; search leans on words where they cannot.
     *
     * @param language ISO 639-1 code
     */
    boolean understands(String language);

    /**
     * One vector for each text, in order.
     *
     * @throws EmbedderException if the model or its provider failed
     */
    List<float[]> embedPassages(List<String> texts);

    /**
     * A question's vector; some models want questions marked as such.
     *
     * @throws EmbedderException if the model or its provider failed
     */
    float[] embedQuery(String text);
}
