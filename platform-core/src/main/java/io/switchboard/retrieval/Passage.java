package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.knowledge.DocumentKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found.
 *
 * @param documentName for citations; the question, if the document is a question-and-answer pair
 * @param language of its document, ISO 639-1
 * @param ordinal position in the document, from 0
 * @param tokens length of the text in the embedder's tokens
 */
public record Passage(
        ChunkId chunk,
        DocumentId document,
        String documentName,
        DocumentKind documentKind,
        String language,
        int ordinal,
        List<String> headingPath,
        String text,
        int tokens,
        Scores scores) {

    public Passage {
        headingPath = List.copyOf(headingPath);
    }

    /** Headings and text, as it was embedded and analysed. */
    public String textWithHeadings() {
        return headingPath.isEmpty() ? text : String.join(" > ", headingPath) + "\n" + text;
    }

    /**
     * @param dense cosine of question and passage, -1 to 1; null if the vector leg did not find it
     * @param lexical BM25; null if no term of the question is in it
     * @param fused what the passages are ordered by where nothing reranks them, 0 to 1
     * @param rerank what a reranker says, on a scale of its own; null without one
     */
    public record Scores(
            @Nullable Double dense,
            @Nullable Double lexical,
            double fused,
            @Nullable Double rerank) {

        public Scores(@Nullable Double dense, @Nullable Double lexical, double fused) {
            this(dense, lexical, fused, null);
        }
    }

    Passage withText(List<String> headings, String joined, int length) {
        return new Passage(
                chunk, document, documentName, documentKind, language, ordinal, headings, joined, length, scores);
    }

    Passage reranked(double score) {
        Scores all = new Scores(scores.dense(), scores.lexical(), scores.fused(), score);
        return new Passage(
                chunk, document, documentName, documentKind, language, ordinal, headingPath, text, tokens, all);
    }
}
