package io.switchboard.sites;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Publishes inside the transaction, or after it on a thread of its own. */
@Component
class SiteEvents {

    private final ApplicationEventPublisher publisher;

    SiteEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    void now(SiteDue event) {
        publisher.publishEvent(event);
    }

    void afterCommit(SiteChanged event) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                Thread.ofVirtual().name("site-event").start(() -> publisher.publishEvent(event));
            }
        });
    }
}
