package io.switchboard.knowledge;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Publishes inside a transaction, or after it. */
@Component
class KnowledgeEvents {

    private final ApplicationEventPublisher publisher;

    KnowledgeEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Listeners share the transaction, and one that throws undoes it. */
    void now(Object event) {
        publisher.publishEvent(event);
    }

    /**
     * Listeners see what was committed. Inside a caller's transaction the event waits for its commit and comes on a thread of its own,
     * because until the end of that transaction's clean-up whatever a listener wrote would silently join it and be lost.
     */
    void afterCommit(Object event) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            publisher.publishEvent(event);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                Thread.ofVirtual().name("knowledge-event").start(() -> publisher.publishEvent(event));
            }
        });
    }
}
