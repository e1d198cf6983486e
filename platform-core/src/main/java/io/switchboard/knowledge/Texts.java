package io.switchboard.knowledge;

import java.util.regex.Pattern;

/** What happens to text that came from outside before it is stored. */
final class Texts {

    /** The name of a file that came without one. */
    static final String UNNAMED = "unnamed";

    private static final int MAX_NAME = 255;

    /** Control characters, and the marks that turn the direction of writing, with which "gpj.exe" is made to read "exe.jpg". */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private Texts() {}

    /** PostgreSQL stores every character but this one. */
    static String withoutNul(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    static String limited(String text, int maxLength) {
        String clean = withoutNul(text);
        return clean.length() <= maxLength ? clean : clean.substring(0, maxLength);
    }

    /** The last part of a file name as a browser sends it, fit to be shown. */
    static String fileName(String sent) {
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        name = UNSEEN.matcher(name).replaceAll("").strip();
        if (name.isEmpty()) {
            return UNNAMED;
        }
        return name.length() <= MAX_NAME ? name : shortened(name);
    }

    /** Keeps the ending, which says what kind of file it is. */
    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
        int end = MAX_NAME - ending.length() - 1;
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + "…" + ending;
    }
}
