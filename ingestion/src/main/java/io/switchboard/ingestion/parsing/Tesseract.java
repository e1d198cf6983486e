package io.switchboard.ingestion.parsing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program that reads pictures of text, if the operator has installed it. Looked for on the PATH, again every minute while it is missing. */
final class Tesseract {

    private static final Logger LOG = LoggerFactory.getLogger(Tesseract.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final String ENGLISH = "eng";

    /** Where its names of languages are not those of ISO 639-3. */
    private static final Map<String, String> OWN_NAMES =
            Map.of("zh", "chi_sim", "no", "nor", "nb", "nor", "sh", "srp_latn");

    private final String name;
    private @Nullable Installed installed;
    private long lookedNanos;
    private boolean looked;

    /** @param name of the program, or its path */
    Tesseract(String name) {
        this.name = name;
    }

    /** @param languages that it has data for, by its own names */
    private record Installed(Path program, Set<String> languages) {}

    /**
     * How to read pictures in a language.
     *
     * @param language by Tesseract's own name
     */
    record Reading(Path program, String language) {}

    /**
     * Empty if it is not installed, or has data of neither the language nor English.
     *
     * @param language ISO 639-1
     */
    synchronized Optional<Reading> reading(String language) {
        if (!looked || (installed == null && System.nanoTime() - lookedNanos > LOOK_AGAIN.toNanos())) {
            installed = look();
            looked = true;
            lookedNanos = System.nanoTime();
        }
        Installed found = installed;
        if (found == null) {
            return Optional.empty();
        }
        return Stream.of(ownName(language), ENGLISH)
                .filter(found.languages()::contains)
                .findFirst()
                .map(one -> new Reading(found.program(), one));
    }

    private static String ownName(String language) {
        String own = OWN_NAMES.get(language);
        if (own != null) {
            return own;
        }
        try {
            return Locale.of(language).getISO3Language();
        } catch (MissingResourceException _) {
            return ENGLISH;
        }
    }

    private @Nullable Installed look() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(
                        Stream.of(Path.of(name)).filter(Path::isAbsolute),
                        Stream.of(path.split(File.pathSeparator, -1))
                                .filter(entry -> !entry.isEmpty())
                                .map(entry -> Path.of(entry).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tesseract::ask)
                .orElse(null);
    }

    private static @Nullable Installed ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--list-langs")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8);
            if (!process.waitFor(ANSWER_LIMIT)) {
                process.destroyForcibly();
                return null;
            }
            Set<String> languages = answer.lines().map(String::strip).collect(Collectors.toSet());
            LOG.info("Tesseract found at {}", program);
            return new Installed(program, languages);
        } catch (IOException e) {
            LOG.warn("Tesseract at {} does not answer, so pictures are not read", program, e);
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
