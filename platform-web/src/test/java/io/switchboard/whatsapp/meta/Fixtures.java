package io.switchboard.whatsapp.meta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Payloads written by others, kept beside the repository and not in it; system property {@code switchboard.fixtures} names the place. */
final class Fixtures {

    private Fixtures() {}

    /** Null where there are none. */
    static Path directory() {
        Path directory = Path.of(System.getProperty("switchboard.fixtures", "../../shared/fixtures"), "cloud-api");
        return Files.isDirectory(directory) ? directory : null;
    }

    /** Files of the fixtures that Meta would post to a webhook. */
    static List<Path> deliveries() {
        if (directory() == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> read(file).contains("\"whatsapp_business_account\""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
