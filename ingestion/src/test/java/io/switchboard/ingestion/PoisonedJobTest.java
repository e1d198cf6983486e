package io.switchboard.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.switchboard.isolation.TenantTables;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The job table has no wall, as a job's data names its tenant. So a job that was forged, or written by mistake, must not carry one
 * tenant's document to another.
 *
 * <p>Checklist: ASVS 8.4.1 (tenant access through workers).
 */
@SwitchboardTest
class PoisonedJobTest {

    @Autowired
    Scheduler scheduler;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTables tables;

    @Test
    void does_nothing_for_a_job_with_another_tenants_document() {
        TenantId mine = TestTenants.on(tenancy, "standard");
        TenantId other = TestTenants.on(tenancy, "standard");
        KnowledgeBase myBase = knowledge.createKnowledgeBase(mine, "Mine", "en");
        KnowledgeBase theirBase = knowledge.createKnowledgeBase(other, "Theirs", "en");
        Document theirs = ready(other, theirBase, "The secret word is canary.");
        Map<String, String> before = tables.digests(other);
        DocumentJob forged = new DocumentJob(mine, theirs.id(), 1);

        scheduler.schedule(
                DocumentJobs.TASK.instance("forged " + forged.id()).data(forged).build(), Instant.EPOCH);
        Document after = ready(mine, myBase, "Written after the forged job.");

        Awaitility.await()
                .until(() -> scheduler.getScheduledExecutionsForTask("document").stream()
                        .noneMatch(job -> job.getTaskInstance().getId().startsWith("forged")));
        assertThat(tables.digests(other)).isEqualTo(before);
        assertThat(knowledge.documents(mine, myBase.id(), PageRequest.first(10)).items())
                .extracting(Document::id)
                .containsExactly(after.id());
        assertThat(knowledge.findDocument(mine, theirs.id())).isEmpty();
    }

    private Document ready(TenantId tenant, KnowledgeBase base, String answer) {
        DocumentAddition addition = knowledge.addFaq(tenant, base.id(), answer + "?", answer);
        DocumentId id = ((DocumentAddition.Added) addition).document().id();
        Awaitility.await()
                .until(() -> knowledge.findDocument(tenant, id).orElseThrow().status() == DocumentStatus.READY);
        return knowledge.findDocument(tenant, id).orElseThrow();
    }
}
