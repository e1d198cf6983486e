package io.switchboard.retrieval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A number in place of a word: stores need not care for its length, script or quotes, and nobody can read words from an index. */
public final class TermHash {

    private TermHash() {}

    /** The first 64 bits of the SHA-256. */
    public static long of(String term) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(term.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available in this Java runtime", e);
        }
    }
}
