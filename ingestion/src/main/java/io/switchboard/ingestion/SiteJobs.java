package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.switchboard.sites.SiteDue;
import io.switchboard.sites.SiteRuns;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Plans a job for each run of a site, in the transaction that decides it; a run that was planned for later comes sooner if asked to. */
@Component
class SiteJobs {

    static final TaskDescriptor<SiteJob> TASK = TaskDescriptor.of("site", SiteJob.class);

    private static final int LOWEST_RANK = 100;

    private final Scheduler scheduler;
    private final SiteRuns runs;

    SiteJobs(Scheduler scheduler, SiteRuns runs) {
        this.scheduler = scheduler;
        this.runs = runs;
    }

    /** The more sites a tenant has under way, the lower the next one ranks. */
    @EventListener
    void on(SiteDue event) {
        SiteJob job = new SiteJob(event.tenant(), event.site(), event.run());
        int rank = Math.min(LOWEST_RANK, runs.underWay(event.tenant()));
        try {
            scheduler.schedule(
                    TASK.instance(job.id()).data(job).priority(-rank).scheduledTo(event.at()),
                    ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException _) {
            // its time has come at this very moment, so it reads the site's row after this transaction
        }
    }
}
