package io.switchboard.ui.knowledge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages a knowledge base can be in. */
final class Languages {

    private Languages() {}

    /** ISO 639-1 codes, by English name. */
    static List<String> all() {
        return Stream.of(
                        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
                        "gl", "hi", "hu", "hy", "id", "it", "lt", "lv", "ne", "nl", "no", "pl", "pt", "ro", "ru", "sr",
                        "sv", "ta", "te", "th", "tr", "uk")
                .sorted(Comparator.comparing(Languages::name))
                .toList();
    }

    static String name(String code) {
        return Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
    }
}
