package io.switchboard.retrieval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A model of four dimensions that knows dogs, cats and boats by several names, and nothing else. */
final class TopicEmbedder implements Embedder {

    private static final List<List<String>> TOPICS =
            List.of(List.of("dog", "puppy", "hound"), List.of("cat", "kitten"), List.of("ferr", "boat", "ship"));

    volatile boolean failing;
    private final String model;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    TopicEmbedder(String model) {
        this.model = model;
    }

    /** Passages it has embedded. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public int dimension() {
        return TOPICS.size() + 1;
    }

    @Override
    public int maxTokens() {
        return 510;
    }

    @Override
    public int countTokens(String text) {
        return text.split(" ", -1).length;
    }

    @Override
    public boolean understands(String language) {
        return true;
    }

    @Override
    public int callsAtOnce() {
        return 1;
    }

    @Override
    public List<float[]> embedPassages(List<String> texts) {
        if (failing) {
            throw new EmbedderException("down");
        }
        asked.addAll(texts);
        return texts.stream().map(this::embedQuery).toList();
    }

    @Override
    public List<float[]> embedPassagesNow(List<String> texts) {
        return texts.stream().map(this::embedQuery).toList();
    }

    @Override
    public float[] embedQuery(String text) {
        if (failing) {
            throw new EmbedderException("down");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        float[] vector = new float[dimension()];
        for (int i = 0; i < TOPICS.size(); i++) {
            vector[i] = TOPICS.get(i).stream().anyMatch(lower::contains) ? 1 : 0;
        }
        vector[TOPICS.size()] = Vectors.dot(vector, vector) == 0 ? 1 : 0;
        return Vectors.normalize(vector);
    }
}
