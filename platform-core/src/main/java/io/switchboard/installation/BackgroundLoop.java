package io.switchboard.installation;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that comes back as long as the program runs, on a thread of its own. A round that fails is logged, and the next one follows as
 * after any other.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    private final String name;
    private final Duration first;
    private final Duration pause;
    private volatile boolean running;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    /**
     * @param name of the thread, and in the log
     * @param first between the start and the first round
     * @param pause between the end of a round and the next
     */
    protected BackgroundLoop(String name, Duration first, Duration pause) {
        this.name = name;
        this.first = first;
        this.pause = pause;
    }

    /** One round; is interrupted when the program stops, and asks {@link #isRunning} if it takes long. */
    protected abstract void round() throws InterruptedException;

    /** Ends what rounds have begun beside them. */
    protected void endErrands() {}

    private void repeat() {
        try {
            Thread.sleep(first);
            while (running) {
                try {
                    round();
                } catch (RuntimeException e) {
                    LOG.warn("{}: a round failed; the next one follows in {} ms", name, pause.toMillis(), e);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::repeat);
    }

    @Override
    public final void stop() {
        running = false;
        thread.interrupt();
        endErrands();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
