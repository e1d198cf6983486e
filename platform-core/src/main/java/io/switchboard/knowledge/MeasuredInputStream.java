package io.switchboard.knowledge;

import io.switchboard.kernel.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and hashes what is read, and ends one byte after the limit, so that a longer content shows without being read whole. */
final class MeasuredInputStream extends FilterInputStream {

    private final MessageDigest digest = Sha256.digest();
    private final long limit;
    private long count;

    MeasuredInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long left = limit + 1 - count;
        if (left <= 0) {
            return -1;
        }
        int read = super.read(buffer, offset, (int) Math.min(length, left));
        if (read > 0) {
            digest.update(buffer, offset, read);
            count += read;
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    boolean overLimit() {
        return count > limit;
    }

    long count() {
        return count;
    }

    /** Hash of all that was read; ends the measuring. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
