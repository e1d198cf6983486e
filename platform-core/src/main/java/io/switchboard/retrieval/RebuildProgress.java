package io.switchboard.retrieval;

/**
 * How far a run of {@link IndexRebuild} is.
 *
 * @param done tenants, those that failed among them
 * @param of tenants in all; 0 if there was no run yet
 * @param chunks in the indexes that are made
 * @param failed tenants; the log says why
 */
public record RebuildProgress(boolean running, int done, int of, long chunks, int failed) {

    static final RebuildProgress NONE = new RebuildProgress(false, 0, 0, 0, 0);

    RebuildProgress with(long moreChunks) {
        return new RebuildProgress(running, done + 1, of, chunks + moreChunks, failed);
    }

    RebuildProgress withFailure() {
        return new RebuildProgress(running, done + 1, of, chunks, failed + 1);
    }

    RebuildProgress finished() {
        return new RebuildProgress(false, done, of, chunks, failed);
    }
}
