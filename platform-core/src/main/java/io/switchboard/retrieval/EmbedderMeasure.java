package io.switchboard.retrieval;

import io.switchboard.knowledge.TextMeasure;
import org.springframework.stereotype.Component;

/** Measures texts as the embedding model in use does. */
@Component
class EmbedderMeasure implements TextMeasure {

    private final Embedder embedder;

    EmbedderMeasure(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public int tokens(String text) {
        return embedder.countTokens(text);
    }

    @Override
    public int maxTokens() {
        return embedder.maxTokens();
    }
}
