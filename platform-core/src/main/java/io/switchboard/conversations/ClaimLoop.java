package io.switchboard.conversations;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a claim on a thread of its own: again while it finds something, else when the bell rings or the poll interval is over, and a
 * second later after an error of the database.
 */
final class ClaimLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    /**
     * Between the starts of two rounds. What comes within it is claimed together, which costs the database one statement and not one for
     * each; nobody who writes to a bot notices it.
     */
    private static final Duration SPACING = Duration.ofMillis(10);

    /** Claims what is due and starts work on it. */
    @FunctionalInterface
    interface Round {

        /** @return how many were found; 0 if there is nothing to do until the bell rings */
        int run() throws InterruptedException;
    }

    private final String name;
    private final Duration poll;
    private final Round round;
    private final Doorbell doorbell = new Doorbell();
    private volatile boolean started;
    private ExecutorService thread = Executors.newSingleThreadExecutor();

    /** @param name of the thread and in the log */
    ClaimLoop(String name, Duration poll, Round round) {
        this.name = name;
        this.poll = poll;
        this.round = round;
    }

    void start() {
        started = true;
        thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
        thread.execute(this::repeat);
    }

    /** Says that something becomes due after a delay. */
    void ring(Duration delay) {
        doorbell.ring(delay);
    }

    boolean isRunning() {
        return started;
    }

    private void repeat() {
        try {
            while (started) {
                long begun = System.nanoTime();
                if (found() == 0) {
                    doorbell.await(poll);
                }
                long pause = SPACING.toNanos() - (System.nanoTime() - begun);
                if (pause > 0) {
                    Thread.sleep(Duration.ofNanos(pause));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int found() throws InterruptedException {
        try {
            return round.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: what is due could not be claimed; again in {} ms", name, AFTER_ERROR.toMillis(), e);
            Thread.sleep(AFTER_ERROR);
            return 1;
        }
    }

    /** Claims nothing more; a round that runs ends. */
    void stop() {
        started = false;
        doorbell.ring(Duration.ZERO);
    }

    /** After {@link #stop}: ends the thread. */
    void close() {
        thread.shutdownNow();
    }
}
