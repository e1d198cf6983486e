package io.switchboard.ingestion.chunking;

/** Counts the embedder's tokens of a text. */
@FunctionalInterface
public interface TokenCounter {

    int count(String text);
}
