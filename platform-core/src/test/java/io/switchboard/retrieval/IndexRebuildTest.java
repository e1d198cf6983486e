package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.audit.Actor;
import io.switchboard.audit.Origin;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(Library.class)
class IndexRebuildTest {

    @Autowired
    IndexRebuild rebuild;

    @Autowired
    IndexingService indexing;

    @Autowired
    ChunkIndex index;

    @Autowired
    List<VectorStore> stores;

    @Autowired
    TenancyService tenancy;

    @Autowired
    InstallationSettings installation;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @BeforeEach
    void create_a_tenant() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
        library.document(tenant, base, "a.txt", "Ferries leave at noon.", "Museums open at ten.");
    }

    @Test
    void makes_a_lost_index_anew_from_what_is_stored() {
        index.removeTenant(tenant);

        start(false);

        assertThat(index.size(tenant)).isEqualTo(2);
        assertThat(rebuild.progress().done()).isEqualTo(rebuild.progress().of());
        assertThat(rebuild.progress().failed()).isZero();
    }

    @Test
    void is_asked_for_one_tenant_by_a_file_in_the_data_directory() throws IOException {
        TenantId other = library.tenant();
        library.document(other, library.knowledgeBase(other, "en"), "b.txt", "Trams");
        index.removeTenant(tenant);
        index.removeTenant(other);
        String slug = tenancy.find(tenant).orElseThrow().slug().value();

        ask(slug + "\n\n");

        soon().untilAsserted(() -> assertThat(index.size(tenant)).isEqualTo(2));
        assertThat(index.size(other)).isZero();
    }

    @Test
    void forgets_a_request_for_a_tenant_that_does_not_exist() throws IOException {
        ask("no-such-tenant\n");
        ask("Not a slug\n");
    }

    @Test
    void moves_to_another_store_and_empties_the_former_one_when_asked() {
        VectorStore former = stores.stream()
                .filter(store -> store.name().equals("pgvector"))
                .findFirst()
                .orElseThrow();
        assumeThat(former.missing())
                .as("pgvector in the embedded PostgreSQL; ./platform test builds it")
                .isEmpty();
        ChunkIndex old = former.open();
        old.replace(
                tenant,
                DocumentId.next(),
                List.of(new IndexedChunk(ChunkId.next(), base, List.of("word"), new float[384])));
        assertThat(rebuild.store().former()).contains("pgvector");
        assertThat(indexing.size(tenant)).as("in both stores").isEqualTo(3);

        start(false);
        assertThat(old.size(tenant)).isEqualTo(1);

        start(true);
        assertThat(old.size(tenant)).isZero();
        assertThat(index.size(tenant)).isEqualTo(2);
    }

    @Test
    void erases_a_tenant_from_every_store() {
        VectorStore other = stores.stream()
                .filter(store -> store.name().equals("pgvector"))
                .findFirst()
                .orElseThrow();
        assumeThat(other.missing())
                .as("pgvector in the embedded PostgreSQL; ./platform test builds it")
                .isEmpty();
        other.open()
                .replace(
                        tenant,
                        DocumentId.next(),
                        List.of(new IndexedChunk(ChunkId.next(), base, List.of("word"), new float[384])));

        assertThat(indexing.erase(tenant)).isEqualTo(3);

        assertThat(indexing.size(tenant)).isZero();
        assertThat(other.open().dense(tenant, Set.of(base), new float[384], 10)).isEmpty();
    }

    private void start(boolean emptyFormerStores) {
        soon().until(() -> rebuild.start(Actor.SYSTEM, Origin.NONE, emptyFormerStores));
        soon().until(() -> !rebuild.progress().running());
    }

    private void ask(String request) throws IOException {
        Path file = installation.dataDir().resolve("rebuild-index");
        Files.writeString(file, request);
        soon().until(() -> !Files.exists(file));
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
