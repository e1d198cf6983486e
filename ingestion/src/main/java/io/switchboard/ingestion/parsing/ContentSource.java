package io.switchboard.ingestion.parsing;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from their start. */
@FunctionalInterface
public interface ContentSource {

    InputStream open() throws IOException;
}
