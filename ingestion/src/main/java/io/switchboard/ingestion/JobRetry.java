package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job again that threw or whose process died, later each time, and gives up in the end, so that a document that brings the program
 * down does not do so for ever.
 */
final class JobRetry implements FailureHandler<DocumentJob>, DeadExecutionHandler<DocumentJob> {

    private static final Logger LOG = LoggerFactory.getLogger(JobRetry.class);
    private static final int MAX_ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final DocumentPipeline pipeline;

    JobRetry(DocumentPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<DocumentJob> operations) {
        retry(complete, operations, FIRST_WAIT.multipliedBy(1L << complete.getExecution().consecutiveFailures));
    }

    @Override
    public void deadExecution(ExecutionComplete complete, ExecutionOperations<DocumentJob> operations) {
        retry(complete, operations, Duration.ZERO);
    }

    private void retry(ExecutionComplete complete, ExecutionOperations<DocumentJob> operations, Duration wait) {
        DocumentJob job = (DocumentJob) complete.getExecution().taskInstance.getData();
        int attempts = complete.getExecution().consecutiveFailures + 1;
        if (attempts >= MAX_ATTEMPTS) {
            LOG.error("Document {} given up after {} attempts; kept as FAILED", job.id(), attempts);
            pipeline.giveUp(job);
            operations.remove();
            return;
        }
        LOG.warn("Attempt {} on document {} went wrong; next in {} s", attempts, job.id(), wait.toSeconds());
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }
}
