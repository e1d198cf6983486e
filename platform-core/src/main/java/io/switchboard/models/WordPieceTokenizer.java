package io.switchboard.models;

import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * BERT's uncased WordPiece tokenizer, read from a Hugging Face {@code tokenizer.json}: words are lower-cased, stripped of accents, split
 * at punctuation and then greedily into the longest pieces of the vocabulary. Markers such as {@code [SEP]} in a text are plain text.
 */
final class WordPieceTokenizer {

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int start;
    private final int end;
    private final int unknown;

    private WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.start = marker("[CLS]");
        this.end = marker("[SEP]");
        this.unknown = marker("[UNK]");
    }

    private int marker(String name) {
        return Objects.requireNonNull(vocabulary.get(name), name);
    }

    static WordPieceTokenizer read(InputStream tokenizerJson) {
        JsonNode words = new JsonMapper().readTree(tokenizerJson).get("model").get("vocab");
        Map<String, Integer> vocabulary = HashMap.newHashMap(words.size());
        words.properties()
                .forEach(
                        entry -> vocabulary.put(entry.getKey(), entry.getValue().intValue()));
        return new WordPieceTokenizer(vocabulary);
    }

    /**
     * The text as the model wants it: start marker, pieces, end marker.
     *
     * @param maxPieces pieces beyond are cut off; the two markers do not count
     */
    long[] encode(String text, int maxPieces) {
        Ids ids = new Ids(maxPieces);
        ids.append(start);
        forEachPiece(text, ids);
        return ids.closedWith(end);
    }

    /** Pieces of the text, without markers. */
    int count(String text) {
        int[] count = {0};
        forEachPiece(text, piece -> count[0]++);
        return count[0];
    }

    private void forEachPiece(String text, IntConsumer pieces) {
        StringBuilder word = new StringBuilder();
        normalize(text).codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                split(word, pieces);
                return;
            }
            if (isPunctuation(c) || isIdeograph(c)) {
                split(word, pieces);
                split(word.appendCodePoint(c), pieces);
                return;
            }
            word.appendCodePoint(c);
        });
        split(word, pieces);
    }

    /** Takes a word apart, longest piece first, and empties the buffer. */
    private void split(StringBuilder word, IntConsumer pieces) {
        if (word.isEmpty()) {
            return;
        }
        String whole = word.toString();
        word.setLength(0);
        int[] found = piecesOf(whole);
        if (found.length == 0) {
            pieces.accept(unknown);
            return;
        }
        for (int piece : found) {
            pieces.accept(piece);
        }
    }

    /** Empty if the vocabulary cannot spell the word. */
    private int[] piecesOf(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            return new int[0];
        }
        int[] pieces = new int[word.length()];
        int count = 0;
        int from = 0;
        while (from < word.length()) {
            Integer piece = null;
            int to = word.length();
            for (; to > from; to--) {
                String part = word.substring(from, to);
                piece = vocabulary.get(from == 0 ? part : "##" + part);
                if (piece != null) {
                    break;
                }
            }
            if (piece == null) {
                return new int[0];
            }
            pieces[count++] = piece;
            from = to;
        }
        return Arrays.copyOf(pieces, count);
    }

    private static String normalize(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                clean.append(' ');
            } else if (c != 0 && c != 0xFFFD && !isControl(c)) {
                clean.appendCodePoint(c);
            }
        });
        StringBuilder bare = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        return bare.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The CJK blocks that BERT treats character by character; kana and hangul are words. */
    private static boolean isIdeograph(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    /** A growing list that stops growing at its limit. */
    private static final class Ids implements IntConsumer {

        private final int limit;
        private long[] values = new long[64];
        private int size;

        Ids(int maxPieces) {
            this.limit = maxPieces + 1;
        }

        @Override
        public void accept(int piece) {
            if (size < limit) {
                append(piece);
            }
        }

        void append(int piece) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = piece;
        }

        long[] closedWith(int last) {
            append(last);
            return Arrays.copyOf(values, size);
        }
    }
}
