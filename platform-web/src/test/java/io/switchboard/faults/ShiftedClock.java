package io.switchboard.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that is wrong by the seconds written in the file {@code -Dclock.offset}. The program under test gets it as a bean, so this class
 * knows nothing but Java.
 */
public final class ShiftedClock extends Clock {

    private final Path offset = Path.of(System.getProperty("clock.offset"));

    @Override
    public Instant instant() {
        try {
            return Instant.now()
                    .plusSeconds(Long.parseLong(Files.readString(offset).strip()));
        } catch (NumberFormatException _) {
            return Instant.now(); // the file is just being written
        } catch (IOException e) {
            throw new UncheckedIOException("no clock offset in " + offset, e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
