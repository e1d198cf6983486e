package io.switchboard.ingestion.chunking;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a text that is too long: between sentences, a sentence that is too long between words, and a word anywhere. */
final class Sentences {

    private final Locale language;
    private final TokenCounter tokens;

    Sentences(Locale language, TokenCounter tokens) {
        this.language = language;
        this.tokens = tokens;
    }

    /** Pieces of at most the limit in tokens, as long as they can be, in order. */
    List<String> split(String text, int limit) {
        List<String> pieces = new ArrayList<>();
        for (String sentence : segments(BreakIterator.getSentenceInstance(language), text)) {
            if (tokens.count(sentence) <= limit) {
                pieces.add(sentence);
                continue;
            }
            pieces.addAll(splitSentence(sentence, limit));
        }
        return joined(pieces, limit);
    }

    private List<String> splitSentence(String sentence, int limit) {
        List<String> words = new ArrayList<>();
        for (String word : segments(BreakIterator.getLineInstance(language), sentence)) {
            words.addAll(tokens.count(word) <= limit ? List.of(word) : cut(word, limit));
        }
        return joined(words, limit);
    }

    /** A token has at least one character, so that many characters always fit. */
    private static List<String> cut(String word, int limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < word.length()) {
            int end = Math.min(word.length(), start + limit);
            if (end < word.length() && end - start > 1 && Character.isHighSurrogate(word.charAt(end - 1))) {
                end--;
            }
            parts.add(word.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** Joins neighbours up to the limit. Counts add up to no less than the count of the whole. */
    private List<String> joined(List<String> segments, int limit) {
        List<String> result = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int used = 0;
        for (String segment : segments) {
            int length = tokens.count(segment);
            if (used > 0 && used + length > limit) {
                addStripped(result, piece);
                used = 0;
            }
            piece.append(segment);
            used += length;
        }
        addStripped(result, piece);
        return result;
    }

    private static void addStripped(List<String> result, StringBuilder piece) {
        String stripped = piece.toString().strip();
        if (!stripped.isEmpty()) {
            result.add(stripped);
        }
        piece.setLength(0);
    }

    private static List<String> segments(BreakIterator breaks, String text) {
        List<String> segments = new ArrayList<>();
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            segments.add(text.substring(start, end));
            start = end;
        }
        return segments;
    }
}
