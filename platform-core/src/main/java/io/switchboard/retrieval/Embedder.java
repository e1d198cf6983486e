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

    /** Calls that it works on at the same time; more would only wait inside. */
    int callsAtOnce();

    /**
     * One vector for each text, in order; for documents, which give way to whatever somebody waits for.
     *
     * @throws EmbedderException if the model or its provider failed
     */
    List<float[]> embedPassages(List<String> texts);

    /**
     * As {@link #embedPassages}, for an answer that somebody waits for.
     *
     * @throws EmbedderException if the model or its provider failed
     */
    List<float[]> embedPassagesNow(List<String> texts);

    /**
     * A question's vector; some models want questions marked as such.
     *
     * @throws EmbedderException if the model or its provider failed
     */
    float[] embedQuery(String text);
}
