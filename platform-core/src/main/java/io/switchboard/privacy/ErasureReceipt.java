package io.switchboard.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was removed, and that nothing of it is left. It says nothing about what the rows held.
 *
 * @param actor who asked for it
 * @param subjectId the contact's or the tenant's id, which means nothing to anybody any more
 * @param removed by table and store, empty ones too
 */
public record ErasureReceipt(
        UUID id, Instant at, String actor, Subject subject, UUID subjectId, List<Removed> removed) {

    public ErasureReceipt {
        removed = List.copyOf(removed);
    }

    /** Whose data it was. */
    public enum Subject {
        PERSON,
        TENANT
    }

    /**
     * A table, or another place where things are kept.
     *
     * @param left found by asking again afterwards; 0 unless something went wrong
     */
    public record Removed(String store, long count, long left) {}

    public boolean complete() {
        return removed.stream().allMatch(store -> store.left() == 0);
    }

    /** Everything together. */
    public long total() {
        return removed.stream().mapToLong(Removed::count).sum();
    }
}
