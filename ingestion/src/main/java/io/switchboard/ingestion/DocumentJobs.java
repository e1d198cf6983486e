package io.switchboard.ingestion;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.switchboard.knowledge.DocumentAdded;
import io.switchboard.knowledge.DocumentProcessing;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Queues a job for each added document, in the transaction that adds it. */
@Component
class DocumentJobs {

    static final TaskDescriptor<DocumentJob> TASK = TaskDescriptor.of("document", DocumentJob.class);

    /** A tenant's documents that wait beyond this many have the same rank. */
    private static final int LOWEST_RANK = 100;

    private final Scheduler scheduler;
    private final DocumentProcessing processing;
    private final Clock clock;

    DocumentJobs(Scheduler scheduler, DocumentProcessing processing, Clock clock) {
        this.scheduler = scheduler;
        this.processing = processing;
        this.clock = clock;
    }

    /**
     * The more documents of a tenant wait, the lower its next one ranks: workers take the first of every tenant, then the second of each, so
     * a tenant that uploads hundreds does not keep others waiting.
     */
    @EventListener
    void on(DocumentAdded event) {
        DocumentJob job = new DocumentJob(event.tenant(), event.document(), event.version());
        int waiting = (int) Math.min(LOWEST_RANK, processing.waiting(event.tenant()));
        scheduler.schedule(TASK.instance(job.id()).data(job).priority(-waiting).build(), clock.instant());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.triggerCheckForDueExecutions();
            }
        });
    }
}
