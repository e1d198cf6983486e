package io.switchboard.retrieval;

import io.switchboard.kernel.Sha256;
import java.nio.ByteBuffer;

/** A number in place of a word: stores need not care for its length, script or quotes, and nobody can read words from an index. */
public final class TermHash {

    private TermHash() {}

    /** The first 64 bits of the SHA-256. */
    public static long of(String term) {
        return ByteBuffer.wrap(Sha256.of(term)).getLong();
    }
}
