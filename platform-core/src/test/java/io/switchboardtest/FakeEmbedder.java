package io.switchboardtest;

import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import java.util.ArrayList;
import java.util.List;

/** A model whose vector says whether it is a question's, 1 or 0, and how long the text is. Not for several threads at once. */
public final class FakeEmbedder implements Embedder {

    private final List<String> asked = new ArrayList<>();
    private boolean failing;

    /** What it was asked, as {@code question …} and {@code passage …}, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** While true, every call fails. */
    public FakeEmbedder failing(boolean fails) {
        failing = fails;
        return this;
    }

    @Override
    public String model() {
        return "fake";
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public int maxTokens() {
        return 510;
    }

    @Override
    public int countTokens(String text) {
        return text.length();
    }

    @Override
    public boolean understands(String language) {
        return true;
    }

    @Override
    public List<float[]> embedPassages(List<String> texts) {
        return texts.stream().map(text -> embed("passage", 0, text)).toList();
    }

    @Override
    public int callsAtOnce() {
        return 1;
    }

    @Override
    public List<float[]> embedPassagesNow(List<String> texts) {
        return embedPassages(texts);
    }

    @Override
    public float[] embedQuery(String text) {
        return embed("question", 1, text);
    }

    private float[] embed(String kind, float mark, String text) {
        if (failing) {
            throw new EmbedderException("down");
        }
        asked.add(kind + " " + text);
        return new float[] {mark, text.length()};
    }
}
