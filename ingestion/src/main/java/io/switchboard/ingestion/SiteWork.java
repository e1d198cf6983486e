package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.switchboard.ingestion.crawling.SiteCrawl;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Runs sites step by step between the documents, never more than two at a time, so that slow sites leave room for uploads, and those of each
 * tenant in turn with the others'. */
@Component
class SiteWork {

    private static final int AT_A_TIME = 2;
    private static final Duration BUSY_WAIT = Duration.ofMillis(500);
    /** Longer than a job that found no place takes to ask again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SUSPENDED_WAIT = Duration.ofMinutes(1);

    private final SiteCrawl crawl;
    private final TenancyService tenancy;
    private final TenantTurns turns = new TenantTurns(AT_A_TIME, PATIENCE.toNanos(), System::nanoTime);

    SiteWork(SiteCrawl crawl, TenancyService tenancy) {
        this.crawl = crawl;
        this.tenancy = tenancy;
    }

    CompletionHandler<SiteJob> run(SiteJob job) {
        if (tenancy.find(job.tenant()).filter(Tenant::active).isEmpty()) {
            return later(SUSPENDED_WAIT);
        }
        if (!turns.take(job.tenant())) {
            return later(BUSY_WAIT);
        }
        try {
            Optional<Duration> pause = crawl.step(job.tenant(), job.site(), job.run());
            return pause.isPresent() ? later(pause.get()) : new CompletionHandler.OnCompleteRemove<>();
        } finally {
            turns.giveBack();
        }
    }

    private static CompletionHandler<SiteJob> later(Duration pause) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(pause));
    }

    void giveUp(SiteJob job) {
        crawl.giveUp(job.tenant(), job.site(), job.run());
    }
}
