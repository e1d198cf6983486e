package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.ModelChange;
import io.switchboard.retrieval.ModelChange.Next;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Plans and does the change to another embedding model: a job for each tenant, some seconds at a time, one after the other, beside the
 * documents that come in.
 */
@Component
class ModelJobs implements FailureHandler<ModelJob> {

    static final TaskDescriptor<ModelJob> TASK = TaskDescriptor.of("embedding-model", ModelJob.class);

    private static final Logger LOG = LoggerFactory.getLogger(ModelJobs.class);

    /** Behind a tenant's first document, before its others. */
    private static final int PRIORITY = -1;

    private static final Duration SLICE = Duration.ofSeconds(4);
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);
    private static final Duration ELSEWHERE_WAIT = Duration.ofSeconds(30);
    private static final Duration SUSPENDED_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** No search takes as long, so none is under way in what is removed after it. */
    private static final Duration UNTIL_CLEAN_UP = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final ModelChange change;
    private final TenancyService tenancy;
    private final Clock clock;
    private final Semaphore room = new Semaphore(1);

    ModelJobs(Scheduler scheduler, ModelChange change, TenancyService tenancy, Clock clock) {
        this.scheduler = scheduler;
        this.change = change;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void planInBackground() {
        Thread.ofVirtual().name("plan-embedding-model").start(this::plan);
    }

    /** A job for every tenant whose vectors are of another model than the settings name; those towards a former wish go. */
    void plan() {
        scheduler
                .getScheduledExecutionsForTask(TASK.getTaskName(), ModelJob.class)
                .forEach(this::cancelFormer);
        for (TenantId tenant : tenancy.ids()) {
            try {
                if (change.isDue(tenant)) {
                    ModelJob job = new ModelJob(tenant, change.target());
                    scheduler.scheduleIfNotExists(
                            TASK.instance(job.id()).data(job).priority(PRIORITY).scheduledTo(clock.instant()));
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "Whether tenant {} has the present embedding model is not known; asked at the next start",
                        tenant,
                        e);
            }
        }
    }

    private void cancelFormer(ScheduledExecution<ModelJob> planned) {
        if (planned.getData().model().equals(change.target())) {
            return;
        }
        try {
            scheduler.cancel(planned.getTaskInstance());
        } catch (TaskInstanceNotFoundException | TaskInstanceCurrentlyExecutingException _) {
            LOG.info(
                    "Job {} towards a former embedding model is done by another program",
                    planned.getData().id());
        }
    }

    CompletionHandler<ModelJob> run(ModelJob job) {
        if (!job.model().equals(change.target())) {
            return later(ELSEWHERE_WAIT);
        }
        if (tenancy.find(job.tenant()).filter(Tenant::active).isEmpty()) {
            return later(SUSPENDED_WAIT);
        }
        if (!change.isDue(job.tenant())) {
            change.cleanUp(job.tenant());
            return new CompletionHandler.OnCompleteRemove<>();
        }
        if (!room.tryAcquire()) {
            return later(BUSY_WAIT);
        }
        try {
            return steps(job);
        } finally {
            room.release();
        }
    }

    private CompletionHandler<ModelJob> steps(ModelJob job) {
        long end = System.nanoTime() + SLICE.toNanos();
        Next next = Next.STEP;
        while (next == Next.STEP && System.nanoTime() < end) {
            next = change.step(job.tenant());
        }
        return later(next == Next.CLEAN_UP ? UNTIL_CLEAN_UP : Duration.ZERO);
    }

    private static CompletionHandler<ModelJob> later(Duration pause) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(pause));
    }

    /** For as long as it takes: searches go on meanwhile, and a provider may be down for a day. */
    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<ModelJob> operations) {
        int failures = Math.min(complete.getExecution().consecutiveFailures, 10);
        Duration wait = FIRST_WAIT.multipliedBy(1L << failures);
        wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
        if (complete.getCause().orElse(null) instanceof EmbedderException failure) {
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            wait = asked.compareTo(wait) > 0 ? asked : wait;
        }
        LOG.warn(
                "Passages of {} are not embedded by the present model yet ({}); next attempt in {} s",
                complete.getExecution().taskInstance.getId(),
                complete.getCause().map(Throwable::getMessage).orElse("stopped"),
                wait.toSeconds());
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }
}
