package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import io.switchboard.retrieval.EmbedderException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job again that threw or whose process died, later each time, and gives up in the end, so that work that brings the program down
 * does not do so for ever.
 */
final class JobRetry<J extends Job> implements FailureHandler<J>, DeadExecutionHandler<J> {

    private static final Logger LOG = LoggerFactory.getLogger(JobRetry.class);
    private static final int MAX_ATTEMPTS = 6;

    /** An embedding provider may be down or over its limits for hours, and no document is to blame. */
    private static final int MAX_ATTEMPTS_OF_A_PROVIDER = 40;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Class<J> type;
    private final Duration firstWait;
    private final Consumer<J> giveUp;

    /** @param giveUp told once, after the last attempt */
    JobRetry(Class<J> type, Duration firstWait, Consumer<J> giveUp) {
        this.type = type;
        this.firstWait = firstWait;
        this.giveUp = giveUp;
    }

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<J> operations) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(complete.getExecution().consecutiveFailures, 10));
        if (complete.getCause().orElse(null) instanceof EmbedderException failure) {
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            Duration own = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
            retry(complete, operations, asked.compareTo(own) > 0 ? asked : own, MAX_ATTEMPTS_OF_A_PROVIDER);
            return;
        }
        retry(complete, operations, wait, MAX_ATTEMPTS);
    }

    @Override
    public void deadExecution(ExecutionComplete complete, ExecutionOperations<J> operations) {
        retry(complete, operations, Duration.ZERO, MAX_ATTEMPTS);
    }

    private void retry(ExecutionComplete complete, ExecutionOperations<J> operations, Duration wait, int mostAttempts) {
        J job = type.cast(complete.getExecution().taskInstance.getData());
        int attempts = complete.getExecution().consecutiveFailures + 1;
        if (attempts >= mostAttempts) {
            LOG.error("{} {} given up after {} attempts; kept as FAILED", type.getSimpleName(), job.id(), attempts);
            giveUp.accept(job);
            operations.remove();
            return;
        }
        LOG.warn(
                "Attempt {} on {} {} went wrong; next in {} s",
                attempts,
                type.getSimpleName(),
                job.id(),
                wait.toSeconds());
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }
}
