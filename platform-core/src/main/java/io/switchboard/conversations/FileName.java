package io.switchboard.conversations;

import java.text.Normalizer;

/** What a file is called where the customer sees it, whatever a browser or program sent as its name. */
final class FileName {

    static final int MAX_LENGTH = 120;

    private FileName() {}

    /** Without path, control characters and marks that turn the writing round; the ending stays when the rest is cut. Blank if nothing is left. */
    static String clean(String given) {
        String name = Normalizer.normalize(given, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "")
                .replaceAll(".*[/\\\\]", "")
                .strip();
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        String ending = name.substring(Math.max(name.lastIndexOf('.'), name.length() - MAX_LENGTH / 2));
        int end = MAX_LENGTH - ending.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + ending;
    }
}
