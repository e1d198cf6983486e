package io.switchboard.ingestion;

import static io.switchboard.ingestion.TestFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.retrieval.ChunkIndex;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Knowledge that holds for a time. */
@SwitchboardTest
class ValidityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    ChunkIndex index;

    @Autowired
    TenancyService tenancy;

    @Autowired
    Clock clock;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void makeTenant() {
        tenant = TestTenants.on(tenancy, "standard");
        base = knowledge.createKnowledgeBase(tenant, "Prices", "en").id();
    }

    @Test
    void leaves_every_answer_when_its_time_is_over_and_comes_back_when_it_is_extended() throws IOException {
        DocumentId old = ready("old.md", "# Prices\n\nA ticket is ten euros until spring.");
        ready("new.md", "# Prices\n\nA ticket is twelve euros from spring on.");
        assertThat(found()).hasSize(2);

        knowledge.changeValidity(tenant, old, "Front desk", clock.instant().minusSeconds(1));

        assertThat(found())
                .as("at once, whatever the index has")
                .singleElement()
                .asString()
                .contains("twelve");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(index.size(tenant)).isEqualTo(1));
        assertThat(expired()).extracting(Document::id).containsExactly(old);
        assertThat(expired().getFirst().owner()).isEqualTo("Front desk");

        knowledge.changeValidity(tenant, old, "Front desk", clock.instant().plus(Duration.ofDays(1)));

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found()).hasSize(2));
        assertThat(expired()).isEmpty();
    }

    @Test
    void leaves_the_index_by_itself_when_the_time_comes() throws IOException {
        DocumentId document = ready("soon.md", "# Prices\n\nA ticket is ten euros today.");
        Instant soon = clock.instant().plusSeconds(3);

        knowledge.changeValidity(tenant, document, null, soon);

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(index.size(tenant)).isZero());
        assertThat(clock.instant()).isAfterOrEqualTo(soon);
        assertThat(found()).isEmpty();
    }

    @Test
    void does_not_change_another_tenants_document() throws IOException {
        DocumentId document = ready("mine.md", "# Prices\n\nA ticket is ten euros.");
        TenantId other = TestTenants.on(tenancy, "standard");

        assertThat(knowledge.changeValidity(other, document, "Thief", clock.instant()))
                .isEmpty();
        assertThat(knowledge
                        .expiredDocuments(other, base, PageRequest.first(10))
                        .items())
                .isEmpty();
        assertThat(knowledge.findDocument(tenant, document).orElseThrow().owner())
                .isNull();
    }

    private DocumentId ready(String name, String text) throws IOException {
        DocumentAddition addition =
                knowledge.addFile(tenant, base, name, "text/markdown", new ByteArrayInputStream(utf8(text)));
        DocumentId id = ((DocumentAddition.Added) addition).document().id();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> knowledge.findDocument(tenant, id).orElseThrow().status() == DocumentStatus.READY);
        return id;
    }

    private List<Document> expired() {
        return knowledge.expiredDocuments(tenant, base, PageRequest.first(10)).items();
    }

    private List<String> found() {
        return retrieval
                .search(tenant, new SearchRequest(Set.of(base), "What is a ticket?", List.of(), 5))
                .passages()
                .stream()
                .map(Passage::text)
                .toList();
    }
}
