package io.switchboard.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.retrieval.ModelChange;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants whose vectors are of a model that nobody has any more, brought by the real scheduler to the one that the settings name. */
@SwitchboardTest
class ModelJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ModelJobs jobs;

    @Autowired
    ModelChange change;

    @Autowired
    Scheduler scheduler;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    DocumentProcessing processing;

    @Autowired
    IndexingService indexing;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    Embedder embedder;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void brings_every_tenant_to_the_present_model_beside_new_documents() throws IOException {
        TenantId first = tenantOfAFormerModel("Dogs may enter the garden on a lead.");
        TenantId second = tenantOfAFormerModel("Soup is served in the cellar.");
        assertThat(change.isDue(first)).isTrue();

        jobs.plan();
        jobs.plan();
        KnowledgeBaseId added =
                knowledge.createKnowledgeBase(first, "Added", "en").id();
        knowledge.addFaq(first, added, "Where do cats sleep?", "In the attic.");

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(change.isDue(first)).isFalse();
            assertThat(change.isDue(second)).isFalse();
            assertThat(best(first, "Is my puppy welcome?")).startsWith("Dogs");
            assertThat(best(second, "What can I eat downstairs?")).startsWith("Soup");
            assertThat(best(first, "Where do cats sleep?")).isEqualTo("In the attic.");
        });
    }

    @Test
    void takes_back_the_jobs_towards_a_model_that_the_settings_do_not_name_any_more() throws IOException {
        TenantId tenant = tenantOfAFormerModel("Lockers take a coin.");
        ModelJob former = new ModelJob(tenant, "a model of yesterday");
        scheduler.scheduleIfNotExists(ModelJobs.TASK
                .instance(former.id())
                .data(former)
                .scheduledTo(java.time.Instant.parse("2100-01-01T00:00:00Z")));

        jobs.plan();

        assertThat(scheduler.getScheduledExecution(ModelJobs.TASK.instanceId(former.id())))
                .isEmpty();
        Awaitility.await().atMost(PATIENCE).until(() -> !change.isDue(tenant));
    }

    private String best(TenantId tenant, String question) {
        Set<KnowledgeBaseId> bases = Set.copyOf(
                knowledge.knowledgeBases(tenant, io.switchboard.kernel.PageRequest.first(10)).items().stream()
                        .map(base -> base.id())
                        .toList());
        return retrieval.search(tenant, new SearchRequest(bases, question, List.of(), 5)).passages().stream()
                .map(Passage::text)
                .findFirst()
                .orElse("nothing");
    }

    private TenantId tenantOfAFormerModel(String text) throws IOException {
        TenantId tenant = TestTenants.on(tenancy, "standard");
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(tenant, "Handbook", "en").id();
        Document document = ((DocumentAddition.Added) knowledge.addFile(
                        tenant,
                        base,
                        "handbook.txt",
                        "text/plain",
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .document();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> knowledge
                                .findDocument(tenant, document.id())
                                .orElseThrow()
                                .progress()
                        == 1);
        List<NewChunk> chunks = List.of(new NewChunk(List.of(), text, embedder.countTokens(text)));
        transactions.run(tenant, () -> {
            jdbc.sql("delete from embedding where tenant_id = ?")
                    .param(tenant.value())
                    .update();
            jdbc.sql("update vector_model set model = 'former', dimension = 3 where tenant_id = ?")
                    .param(tenant.value())
                    .update();
        });
        processing.storeEmbeddings(tenant, "former", Map.of(chunks.getFirst().textHash(), new float[] {1, 0, 0}));
        indexing.rebuild(tenant);
        return tenant;
    }
}
