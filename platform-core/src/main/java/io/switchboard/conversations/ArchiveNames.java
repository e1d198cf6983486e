package io.switchboard.conversations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the names in a ZIP file from its directory; nothing is unpacked, so no content of it can harm. */
final class ArchiveNames {

    private ArchiveNames() {}

    /**
     * Empty if there is no directory, or one that is damaged.
     *
     * @throws UncheckedIOException if there is no room for a temporary file
     */
    static List<String> of(byte[] content) {
        try {
            Path file = Files.createTempFile("switchboard-archive-", ".zip");
            try {
                Files.write(file, content);
                return names(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive could not be written to a temporary file", e);
        }
    }

    private static List<String> names(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        } catch (IOException _) { // some damage is told as a ZipException, some is not
            return List.of();
        }
    }
}
