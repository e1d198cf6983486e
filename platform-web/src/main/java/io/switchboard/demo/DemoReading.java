package io.switchboard.demo;

import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentChanged;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.tenancy.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says when a demo tenant's documents are read, because its bot knows nothing before. */
@Component
@ConditionalOnProperty("switchboard.demo")
class DemoReading {

    private static final Logger LOG = LoggerFactory.getLogger(DemoReading.class);
    private static final PageRequest ALL = PageRequest.first(PageRequest.MAX_LIMIT);

    private final KnowledgeService knowledge;
    private final Clock clock;
    private final Map<TenantId, Reading> unread = new ConcurrentHashMap<>();

    DemoReading(KnowledgeService knowledge, Clock clock) {
        this.knowledge = knowledge;
        this.clock = clock;
    }

    private record Reading(Tenant tenant, Instant since) {}

    /** From now on, until everything is read. Called when all documents of the tenant are stored. */
    void follow(Tenant tenant) {
        unread.put(tenant.id(), new Reading(tenant, clock.instant()));
        look(tenant.id());
    }

    @EventListener
    void on(DocumentChanged event) {
        look(event.tenant());
    }

    private void look(TenantId tenant) {
        if (!unread.containsKey(tenant)) {
            return;
        }
        List<Document> documents = knowledge.knowledgeBases(tenant, ALL).items().stream()
                .flatMap(base -> knowledge.documents(tenant, base.id(), ALL).items().stream())
                .toList();
        long ready = count(documents, DocumentStatus.READY);
        long failed = count(documents, DocumentStatus.FAILED);
        if (ready + failed < documents.size()) {
            return;
        }
        Reading done = unread.remove(tenant);
        if (done != null) {
            LOG.info(
                    "Demo tenant {} has read its {} documents after {} s{}",
                    done.tenant().slug(),
                    ready,
                    Duration.between(done.since(), clock.instant()).toSeconds(),
                    failed == 0 ? "" : "; " + failed + " could not be read");
        }
    }

    private static long count(List<Document> documents, DocumentStatus status) {
        return documents.stream()
                .filter(document -> document.status() == status)
                .count();
    }
}
