package io.switchboard.whatsapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Payloads written by others, kept beside the repository and not in it; system property {@code switchboard.fixtures} names the place. */
public final class Recorded {

    private Recorded() {}

    /** Empty where there are none. */
    public static List<Path> files(String provider) {
        Path directory = Path.of(System.getProperty("switchboard.fixtures", "../../shared/fixtures"), provider);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> files(String provider, String ending) {
        return files(provider).stream()
                .filter(file -> file.toString().endsWith(ending))
                .toList();
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
