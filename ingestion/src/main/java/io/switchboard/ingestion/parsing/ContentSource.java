package io.switchboard.ingestion.parsing;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from their start. */
@FunctionalInterface
public interface ContentSource {

    InputStream open() throws IOException;

    /** Asked now and then while the bytes are being read; once it is false, reading ends. */
    default boolean isWanted() {
        return true;
    }
}
