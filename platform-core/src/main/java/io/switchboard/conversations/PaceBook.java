package io.switchboard.conversations;

import io.switchboard.channels.SendRate;
import io.switchboard.channels.SendRates;
import io.switchboard.conversations.DueReply.PutBack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides at one moment which replies may leave, from how far ahead their numbers and pairs are booked.
 *
 * <p>A reply that its number has no room for books the next room and comes back at that time, so a backlog leaves in the order in which
 * it came and is looked at twice. A pair needs no such booking: only the first reply of a conversation is ever asked about. It books its
 * number when the pair has room, never before, so that one customer's wait takes nothing from the others.
 */
final class PaceBook {

    /** Further ahead nothing is booked; a reply that finds no room comes again. More than that on disk means that the clock was put back. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Instant now;
    private final Map<UUID, Instant> bookedUntil;
    private final Map<UUID, Instant> changed = new HashMap<>();

    PaceBook(Instant now, Map<UUID, Instant> bookedUntil) {
        this.now = now;
        this.bookedUntil = new HashMap<>(bookedUntil);
    }

    /** Books what the reply needs; empty if it may leave now. */
    Optional<PutBack> ask(DueReply reply, SendRates rates) {
        UUID pair = reply.conversation().value();
        Instant pairBooked = booked(pair, rates.perPair().longestBooking());
        Instant pairFree = rates.perPair().firstFree(pairBooked);
        if (pairFree.isAfter(now)) {
            return Optional.of(new PutBack(reply, pairFree, reply.slot()));
        }
        Optional<PutBack> wait = reply.slot() == null ? askNumber(reply, rates.perNumber()) : Optional.empty();
        if (wait.isEmpty()) {
            book(pair, rates.perPair(), pairBooked);
        }
        return wait;
    }

    private Optional<PutBack> askNumber(DueReply reply, SendRate rate) {
        UUID number = reply.channel().value();
        Instant booked = booked(number, LONGEST_WAIT.plus(rate.longestBooking()));
        Instant slot = rate.firstFree(booked);
        if (slot.isAfter(now.plus(LONGEST_WAIT))) {
            return Optional.of(new PutBack(reply, now.plus(LONGEST_WAIT), null));
        }
        book(number, rate, booked);
        return slot.isAfter(now) ? Optional.of(new PutBack(reply, slot, slot)) : Optional.empty();
    }

    private Instant booked(UUID subject, Duration atMost) {
        @Nullable Instant until = bookedUntil.get(subject);
        return until == null || until.isAfter(now.plus(atMost)) ? now : until;
    }

    private void book(UUID subject, SendRate rate, Instant before) {
        Instant until = rate.book(before, now);
        bookedUntil.put(subject, until);
        changed.put(subject, until);
    }

    /** What is to be written. */
    Map<UUID, Instant> changed() {
        return Map.copyOf(changed);
    }
}
