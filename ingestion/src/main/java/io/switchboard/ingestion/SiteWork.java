package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import io.switchboard.ingestion.crawling.SiteCrawl;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs sites step by step between the documents, never more than two at a time, so that slow sites leave room for uploads. */
@Component
class SiteWork implements FailureHandler<SiteJob>, DeadExecutionHandler<SiteJob> {

    private static final Logger LOG = LoggerFactory.getLogger(SiteWork.class);
    private static final int AT_A_TIME = 2;
    private static final int MAX_ATTEMPTS = 6;
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);
    private static final Duration SUSPENDED_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    private final SiteCrawl crawl;
    private final TenancyService tenancy;
    private final Semaphore room = new Semaphore(AT_A_TIME);

    SiteWork(SiteCrawl crawl, TenancyService tenancy) {
        this.crawl = crawl;
        this.tenancy = tenancy;
    }

    CompletionHandler<SiteJob> run(SiteJob job) {
        if (tenancy.find(job.tenant()).filter(Tenant::active).isEmpty()) {
            return later(SUSPENDED_WAIT);
        }
        if (!room.tryAcquire()) {
            return later(BUSY_WAIT);
        }
        try {
            Optional<Duration> pause = crawl.step(job.tenant(), job.site(), job.run());
            return pause.isPresent() ? later(pause.get()) : new CompletionHandler.OnCompleteRemove<>();
        } finally {
            room.release();
        }
    }

    private static CompletionHandler<SiteJob> later(Duration pause) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(pause));
    }

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<SiteJob> operations) {
        retry(complete, operations, FIRST_WAIT.multipliedBy(1L << complete.getExecution().consecutiveFailures));
    }

    @Override
    public void deadExecution(ExecutionComplete complete, ExecutionOperations<SiteJob> operations) {
        retry(complete, operations, Duration.ZERO);
    }

    private void retry(ExecutionComplete complete, ExecutionOperations<SiteJob> operations, Duration wait) {
        SiteJob job = (SiteJob) complete.getExecution().taskInstance.getData();
        int attempts = complete.getExecution().consecutiveFailures + 1;
        if (attempts >= MAX_ATTEMPTS) {
            LOG.error("Run {} of a site given up after {} attempts", job.id(), attempts);
            crawl.giveUp(job.tenant(), job.site(), job.run());
            operations.remove();
            return;
        }
        LOG.warn("Attempt {} on run {} of a site went wrong; next in {} s", attempts, job.id(), wait.toSeconds());
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }
}
