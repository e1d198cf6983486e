package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.Jackson3Serializer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** Jobs on PostgreSQL: what was queued runs after a crash too, and two replicas share the work. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/switchboard/ingestion/jobs.properties")
class JobConfiguration {

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
    OneTimeTask<DocumentJob> documentTask(DocumentPipeline pipeline) {
        JobRetry retry = new JobRetry(pipeline);
        return Tasks.oneTime(DocumentJobs.TASK)
                .onFailure(retry)
                .onDeadExecution(retry)
                .execute((instance, context) -> pipeline.run(instance.getData()));
    }
}
