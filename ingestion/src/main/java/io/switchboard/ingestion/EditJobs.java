package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.switchboard.knowledge.ChunksEdited;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Queues a job for each change of passages by hand, in its transaction, so that the index gets it also if the program dies right after. */
@Component
class EditJobs {

    static final TaskDescriptor<EditJob> TASK = TaskDescriptor.of("edited-document", EditJob.class);

    /** Usually the change is in the index at once, and the job finds nothing to do. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Before any document: somebody waits for it. */
    private static final int PRIORITY = 10;

    private final Scheduler scheduler;
    private final Clock clock;

    EditJobs(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @EventListener
    void on(ChunksEdited event) {
        EditJob job = new EditJob(event.tenant(), event.document(), event.edits());
        scheduler.schedule(
                TASK.instance(job.id()).data(job).priority(PRIORITY).build(),
                clock.instant().plus(GRACE));
    }
}
