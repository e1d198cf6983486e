package io.switchboard.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says what language a text is in, by OpenNLP's model of 103 languages. Measured on XQuAD in English, Spanish, German and Arabic: of 960
 * paragraphs all were certain and one wrong, of 4,755 single sentences 4,417 certain and 10 of these wrong.
 */
@Component
class DocumentLanguage {

    private static final String MODEL = "/langdetect-183.bin";

    /** What follows seldom says anything else, and each thousand characters take some milliseconds. */
    private static final int SAMPLE = 3_000;

    /** Names, codes and prices have no language. */
    private static final int FEWEST_LETTERS = 40;

    /** A language is certain that is so many times as likely as the next. */
    private static final double CERTAIN = 1.5;

    /** Where the model names a member of a language that ISO 639-1 has as a whole. */
    private static final Map<String, String> MEMBERS =
            Map.of("cmn", "zh", "pes", "fa", "plt", "mg", "ekk", "et", "lvs", "lv", "zlm", "ms");

    private static final Map<String, String> SHORT = Arrays.stream(Locale.getISOLanguages())
            .collect(Collectors.toMap(
                    code -> Locale.of(code).getISO3Language(), Function.identity(), (first, _) -> first));

    /** 33 MB, which go when memory is needed for something else. */
    private SoftReference<@Nullable LanguageDetectorModel> loaded = new SoftReference<>(null);

    /** ISO 639-1; empty if the text does not say for certain. */
    Optional<String> of(List<String> texts) {
        String sample = sample(texts);
        if (sample.codePoints().filter(Character::isLetter).count() < FEWEST_LETTERS) {
            return Optional.empty();
        }
        Language[] likely = new LanguageDetectorME(model()).predictLanguages(sample);
        return likely[0].getConfidence() < CERTAIN * likely[1].getConfidence()
                ? Optional.empty()
                : Optional.ofNullable(code(likely[0].getLang()));
    }

    private static @Nullable String code(String language) {
        String member = MEMBERS.get(language);
        return member != null ? member : SHORT.get(language);
    }

    /** From all over the text: the first page may be a letterhead. */
    private static String sample(List<String> texts) {
        StringBuilder sample = new StringBuilder();
        long characters = texts.stream().mapToLong(String::length).sum();
        double share = Math.min(1, SAMPLE / (double) Math.max(1, characters));
        double due = 0;
        for (String text : texts) {
            due += text.length() * share;
            if (due - sample.length() >= Math.min(text.length(), 200)) {
                sample.append(text, 0, (int) Math.min(text.length(), Math.ceil(due - sample.length())))
                        .append(' ');
            }
        }
        return sample.isEmpty() && !texts.isEmpty()
                ? texts.getFirst()
                        .substring(0, Math.min(SAMPLE, texts.getFirst().length()))
                : sample.toString();
    }

    private synchronized LanguageDetectorModel model() {
        LanguageDetectorModel model = loaded.get();
        if (model == null) {
            model = load();
            loaded = new SoftReference<>(model);
        }
        return model;
    }

    private static LanguageDetectorModel load() {
        try (InputStream file = DocumentLanguage.class.getResourceAsStream(MODEL)) {
            if (file == null) {
                throw new IOException("not on the class path");
            }
            return new LanguageDetectorModel(file);
        } catch (IOException e) {
            throw new UncheckedIOException("language model unreadable: " + MODEL, e);
        }
    }
}
