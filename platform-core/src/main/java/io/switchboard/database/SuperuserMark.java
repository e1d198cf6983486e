package io.switchboard.database;

import io.switchboard.installation.SettingException;
import io.switchboard.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which password the embedded server has, known before it is started. The file holds hashes; the passwords are derived from 256 random
 * bits, so a hash gives nothing away.
 */
record SuperuserMark(Path file) {

    /**
     * @return the password to connect with: the wanted one for new files, and for older installations, which left no mark, the former one
     * @throws SettingException if the server has neither
     */
    String inForce(String wanted, @Nullable String former) {
        List<String> marks = read();
        if (marks.isEmpty()) {
            return former == null || !Files.exists(file.resolveSibling("data")) ? wanted : former;
        }
        if (marks.getFirst().equals(hash(wanted))) {
            return wanted;
        }
        if (former != null && marks.getFirst().equals(hash(former))) {
            return former;
        }
        throw new SettingException(
                "SWITCHBOARD_MASTER_KEY",
                "is not the key of the database in " + file.getParent()
                        + "; set the key it was made with as SWITCHBOARD_PREVIOUS_MASTER_KEY, or restore master.key");
    }

    void write(String inForce) {
        replace(hash(inForce) + "\n");
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void replace(String content) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String hash(String password) {
        return Sha256.hex(password).substring(0, 32);
    }
}
