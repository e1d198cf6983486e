package io.switchboard.retrieval;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** A stretch of text that is written one way. */
record ScriptRun(Writing writing, String text) {

    enum Writing {
        /** Words with spaces between them. */
        SPACED,
        /** Chinese, Japanese, Korean. */
        CJK,
        THAI,
        /** Lao, Khmer, Burmese, Tibetan. */
        UNSPACED
    }

    /** Digits, spaces and punctuation stay with what stands before them. */
    static List<ScriptRun> split(String text) {
        List<ScriptRun> runs = new ArrayList<>();
        Writing writing = Writing.SPACED;
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (Character.isLetter(c) && writingOf(c) != writing) {
                add(runs, writing, text.substring(start, at));
                writing = writingOf(c);
                start = at;
            }
            at += Character.charCount(c);
        }
        add(runs, writing, text.substring(start));
        return runs;
    }

    private static void add(List<ScriptRun> runs, Writing writing, String text) {
        if (!text.isBlank()) {
            runs.add(new ScriptRun(writing, text));
        }
    }

    private static Writing writingOf(int letter) {
        return switch (UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> Writing.CJK;
            case THAI -> Writing.THAI;
            case LAO, KHMER, MYANMAR, TIBETAN -> Writing.UNSPACED;
            default -> Writing.SPACED;
        };
    }
}
