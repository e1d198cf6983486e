package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.Jackson3Serializer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.switchboard.retrieval.EditIndexing;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** Jobs on PostgreSQL: what was queued runs after a crash too, and two replicas share the work. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/switchboard/ingestion/jobs.properties")
class JobConfiguration {

    private static final Duration SUSPENDED_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration FIRST_WAIT_FOR_A_SITE = Duration.ofSeconds(5);

    /**
     * As many at a time as jobs.properties says why; the other threads are for sites. In turn, or a document that has waited for its rank
     * would be overtaken here by those that come after it.
     */
    private static final Semaphore DOCUMENTS = new Semaphore(3, true);

    @Bean
    DbSchedulerCustomizer jobsAsJson() {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<Serializer> serializer() {
                return Optional.of(new Jackson3Serializer());
            }
        };
    }

    @Bean
    CustomTask<DocumentJob> documentTask(DocumentPipeline pipeline, TenancyService tenancy) {
        JobRetry<DocumentJob> retry = new JobRetry<>(DocumentJob.class, FIRST_WAIT, pipeline::giveUp);
        return Tasks.custom(DocumentJobs.TASK)
                .onFailure(retry)
                .onDeadExecution(retry)
                .execute((instance, context) -> run(instance.getData(), pipeline, tenancy));
    }

    /** Failures are repeated later and later, for as long as the document is there. */
    @Bean
    OneTimeTask<EditJob> editTask(EditIndexing indexing) {
        return Tasks.oneTime(EditJobs.TASK)
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(5)))
                .execute((instance, context) -> indexing.catchUp(
                        instance.getData().tenant(), instance.getData().document()));
    }

    /** One whose process died is taken up by the next. */
    @Bean
    CustomTask<ModelJob> modelTask(ObjectProvider<ModelJobs> jobs) {
        return Tasks.custom(ModelJobs.TASK)
                .onFailure((complete, operations) -> jobs.getObject().onFailure(complete, operations))
                .execute((instance, context) -> jobs.getObject().run(instance.getData()));
    }

    @Bean
    OneTimeTask<ValidityJob> validityTask(IndexingService indexing) {
        return Tasks.oneTime(ValidityJobs.TASK)
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(5)))
                .execute((instance, context) -> indexing.index(
                        instance.getData().tenant(), instance.getData().document()));
    }

    @Bean
    CustomTask<SiteJob> siteTask(SiteWork work) {
        JobRetry<SiteJob> retry = new JobRetry<>(SiteJob.class, FIRST_WAIT_FOR_A_SITE, work::giveUp);
        return Tasks.custom(SiteJobs.TASK)
                .onFailure(retry)
                .onDeadExecution(retry)
                .execute((instance, context) -> work.run(instance.getData()));
    }

    /** A document of a tenant that is not active waits, and is read once the tenant is active again. */
    private static CompletionHandler<DocumentJob> run(
            DocumentJob job, DocumentPipeline pipeline, TenancyService tenancy) {
        if (tenancy.find(job.tenant()).filter(Tenant::active).isEmpty()) {
            return (complete, operations) ->
                    operations.reschedule(complete, complete.getTimeDone().plus(SUSPENDED_WAIT));
        }
        DOCUMENTS.acquireUninterruptibly();
        try {
            pipeline.run(job);
        } finally {
            DOCUMENTS.release();
        }
        return new CompletionHandler.OnCompleteRemove<>();
    }
}
