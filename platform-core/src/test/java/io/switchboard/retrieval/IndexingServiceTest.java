package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(Library.class)
class IndexingServiceTest {

    @Autowired
    IndexingService indexing;

    @Autowired
    ChunkIndex index;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void create_a_tenant() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
    }

    @Test
    void indexes_a_document_as_it_is_stored() {
        Document document =
                library.stored(tenant, base, "a.txt", List.of(library.chunk("Ferries"), library.chunk("Museums")));

        indexing.index(tenant, document.id());
        indexing.index(tenant, document.id());

        assertThat(index.size(tenant)).isEqualTo(2);
        assertThat(index.documentFrequencies(tenant, Set.of("ferri", "museum"))).containsOnlyKeys("ferri", "museum");
    }

    @Test
    void forgets_a_document() {
        DocumentId document = library.document(tenant, base, "a.txt", "Ferries");

        indexing.forget(tenant, document);

        assertThat(index.size(tenant)).isZero();
    }

    @Test
    void forgets_a_document_that_is_deleted() {
        DocumentId document = library.document(tenant, base, "a.txt", "Ferries");

        knowledge.deleteDocument(tenant, document);

        Awaitility.await().untilAsserted(() -> assertThat(index.size(tenant)).isZero());
    }

    @Test
    void does_not_index_another_tenants_document() {
        Document document = library.stored(tenant, base, "a.txt", List.of(library.chunk("Ferries")));
        TenantId stranger = library.tenant();

        indexing.index(stranger, document.id());

        assertThat(index.size(stranger)).isZero();
    }

    @Test
    void rebuilds_from_what_is_stored() {
        library.document(tenant, base, "a.txt", "Ferries", "Museums");
        DocumentId stale = DocumentId.next();
        index.replace(
                tenant,
                stale,
                List.of(new ChunkIndex.IndexedChunk(ChunkId.next(), base, List.of("stale"), new float[384])));

        indexing.rebuild(tenant);

        assertThat(index.size(tenant)).isEqualTo(2);
        assertThat(index.documentFrequencies(tenant, Set.of("ferri", "stale"))).containsOnlyKeys("ferri");
    }

    @Test
    void rebuilds_a_lost_index_when_it_is_first_searched() {
        library.document(tenant, base, "a.txt", "Ferries leave at noon.");
        index.removeTenant(tenant);

        SearchResult result =
                retrieval.search(tenant, new SearchRequest(Set.of(base), "When do ferries leave?", List.of(), 5));

        assertThat(result.passages()).hasSize(1);
        assertThat(index.size(tenant)).isEqualTo(1);
    }
}
