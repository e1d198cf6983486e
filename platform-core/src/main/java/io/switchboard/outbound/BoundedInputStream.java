package io.switchboard.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fails where more bytes come than are wanted, and remembers what reading itself failed with. Whoever has the response closes it. */
final class BoundedInputStream extends FilterInputStream {

    private final long limit;
    private final Supplier<? extends IOException> tooLong;
    private long count;
    private @Nullable IOException failure;

    /** @param tooLong what to fail with after so many bytes */
    BoundedInputStream(InputStream in, long limit, Supplier<? extends IOException> tooLong) {
        super(in);
        this.limit = limit;
        this.tooLong = tooLong;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > limit) {
                throw tooLong.get();
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Would read the rest; the response is closed instead. */
    @Override
    public void close() {}

    /** Bytes read so far. */
    long count() {
        return count;
    }

    /** Null unless reading failed. */
    @Nullable
    IOException failure() {
        return failure;
    }
}
