package io.switchboard.faults;

import java.util.List;

/**
 * What the oracle found.
 *
 * @param lost accepted and not stored, stored and neither answered nor marked, or answered and neither received nor marked as failed
 * @param doubled messages stored twice, or covered by other than one reply
 * @param disorder stored, answered or received in another order than sent; or received by another customer
 * @param marked messages that got no reply on purpose, and replies that failed for good: shown to people
 */
record Verdict(
        int accepted,
        int stored,
        int replies,
        int received,
        List<String> lost,
        List<String> doubled,
        List<String> disorder,
        List<Duplicate> duplicates,
        List<String> marked,
        long fallbacks) {

    boolean flawless() {
        return lost.isEmpty()
                && doubled.isEmpty()
                && disorder.isEmpty()
                && duplicates.stream().allMatch(Duplicate::explained);
    }
}
