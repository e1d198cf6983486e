package io.switchboard.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master key, and while it is being changed the one before. New things are made with the current key; things that were made with the
 * previous one are read with it until everything is made anew.
 */
public final class MasterKeys {

    private static final String PREVIOUS_SETTING = "SWITCHBOARD_PREVIOUS_MASTER_KEY";

    private final MasterKey current;
    private final @Nullable MasterKey previous;
    private final @Nullable Path previousFile;

    private MasterKeys(MasterKey current, @Nullable MasterKey previous, @Nullable Path previousFile) {
        this.current = current;
        this.previous = current.equals(previous) ? null : previous;
        this.previousFile = previousFile;
    }

    public static MasterKeys of(MasterKey current, @Nullable MasterKey previous) {
        return new MasterKeys(current, previous, null);
    }

    /** From the settings, else from {@code master.key} and {@code master.key.previous} in the data directory. */
    static MasterKeys of(InstallationSettings settings) {
        Path file = settings.dataDir().resolve("master.key");
        MasterKey current = settings.masterKey() == null
                ? MasterKey.readOrCreate(file)
                : MasterKey.parse("SWITCHBOARD_MASTER_KEY", settings.masterKey());
        if (settings.previousMasterKey() != null) {
            return new MasterKeys(current, MasterKey.parse(PREVIOUS_SETTING, settings.previousMasterKey()), null);
        }
        Path previousFile = settings.dataDir().resolve("master.key.previous");
        return Files.exists(previousFile)
                ? new MasterKeys(current, MasterKey.read(previousFile), previousFile)
                : new MasterKeys(current, null, null);
    }

    public MasterKey current() {
        return current;
    }

    /** Empty unless the key is being changed. */
    public Optional<MasterKey> previous() {
        return Optional.ofNullable(previous);
    }

    /** Nothing needs the previous key any more: its file goes. A setting is the operator's to remove; false says so. */
    public boolean forgetPrevious() {
        if (previousFile == null) {
            return false;
        }
        try {
            Files.deleteIfExists(previousFile);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the previous master key " + previousFile + " cannot be deleted", e);
        }
    }
}
