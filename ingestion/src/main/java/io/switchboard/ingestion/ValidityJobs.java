package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.switchboard.knowledge.ValidityChanged;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Plans for each document with an end when its passages leave the index. Searches leave them out from that moment anyway, as they load
 * passages by what PostgreSQL says; the job makes room for the ones that hold.
 */
@Component
class ValidityJobs {

    static final TaskDescriptor<ValidityJob> TASK = TaskDescriptor.of("validity", ValidityJob.class);

    private final Scheduler scheduler;
    private final Clock clock;

    ValidityJobs(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Each time has a job of its own; one that comes too early or twice finds the index as it should be. */
    @EventListener
    void on(ValidityChanged event) {
        Instant now = clock.instant();
        plan(event, now);
        Instant until = event.validUntil();
        if (until != null && until.isAfter(now)) {
            plan(event, until);
        }
    }

    private void plan(ValidityChanged event, Instant at) {
        ValidityJob job = new ValidityJob(event.tenant(), event.document());
        String id = event.tenant() + "/" + event.document() + "/" + at;
        scheduler.scheduleIfNotExists(TASK.instance(id).data(job).build(), at);
    }
}
