package io.switchboard.ingestion.parsing;

import java.io.IOException;

/** The parser process ended and nothing says that the file did it. */
final class ParserDiedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean whileReading;

    /** @param whileReading whether the process had started well and was at a file */
    ParserDiedException(String message, boolean whileReading, Throwable cause) {
        super(message, cause);
        this.whileReading = whileReading;
    }

    boolean whileReading() {
        return whileReading;
    }
}
