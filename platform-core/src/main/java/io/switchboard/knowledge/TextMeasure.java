package io.switchboard.knowledge;

/** Length of texts as the embedding model in use counts it. */
public interface TextMeasure {

    /** Pieces of the text. */
    int tokens(String text);

    /** Longest text that the model reads to its end. */
    int maxTokens();
}
