package io.switchboard.retrieval;

import java.util.List;

/** Turns text into vectors of unit length. Implementations are safe for concurrent use. */
public interface Embedder {

    /** Name and version of the model; vectors of different models are never compared. */
    String model();

    int dimension();

    /** Longest input in tokens; the rest of a longer one is ignored. */
    int maxTokens();

    int countTokens(String text);

    /** One vector for each text, in order. */
    List<float[]> embedPassages(List<String> texts);

    /** A question's vector; some models want questions marked as such. */
    float[] embedQuery(String text);
}
