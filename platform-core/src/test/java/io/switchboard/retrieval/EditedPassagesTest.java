package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditFilter;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ChunkChange;
import io.switchboard.knowledge.ChunkConflict;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.ChunkService.Choice;
import io.switchboard.knowledge.ChunkService.Wish;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.EditableChunk;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people change in passages, as searches find it, before and after the document is read again. */
@SwitchboardTest
@Import(Library.class)
class EditedPassagesTest {

    private static final String OPEN = "The museum opens at nine in the morning from Tuesday to Sunday.";
    private static final String OPEN_LATER = "The museum opens at eleven in the morning from Tuesday to Sunday.";
    private static final String DOGS = "Dogs on a lead may enter the garden but not the galleries.";
    private static final String MINE = "Visitors come in from half past nine, lions included.";
    private static final String NAME = "handbook.txt";

    @Autowired
    ChunkService chunks;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    DocumentProcessing processing;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    ChunkIndex index;

    @Autowired
    Embedder embedder;

    @Autowired
    AuditService audit;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;
    private DocumentId document;

    @BeforeEach
    void write_a_handbook() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
        document = library.document(tenant, base, NAME, OPEN, DOGS);
    }

    @Test
    void finds_an_edited_passage_by_its_new_words_and_not_by_its_old_ones() {
        EditableChunk edited = saved(change(passage(0), Wish.text("  " + MINE + "\r\n")));

        assertThat(edited.chunk().text()).isEqualTo(MINE);
        assertThat(edited.original()).isEqualTo(OPEN);
        assertThat(edited.edited()).isTrue();
        assertThat(edited.revision()).isEqualTo(2);
        assertThat(edited.editedAt()).isNotNull();
        assertThat(lexical("lions")).containsExactly(MINE);
        assertThat(lexical("museum")).isEmpty();
        assertThat(processing.editsToIndex(tenant, document)).isEmpty();
        assertThat(deeds()).containsExactly("edited");
    }

    @Test
    void undoes_an_edit_without_embedding_the_text_again() {
        EditableChunk edited = saved(change(passage(0), Wish.text(MINE)));
        assertThat(embeddings()).isEqualTo(3);

        EditableChunk undone =
                saved(chunks.undo(tenant, document, edited.chunk().id(), edited.revision()));

        assertThat(undone.chunk().text()).isEqualTo(OPEN);
        assertThat(undone.edited()).isFalse();
        assertThat(lexical("museum")).containsExactly(OPEN);
        assertThat(embeddings()).isEqualTo(2);
    }

    @Test
    void takes_a_passage_out_of_every_search_and_back() {
        EditableChunk off = saved(change(passage(1), Wish.enabled(false)));
        assertThat(lexical("dogs")).isEmpty();
        assertThat(index.size(tenant)).isEqualTo(1);
        assertThat(knowledge.findDocument(tenant, document).orElseThrow().chunks())
                .isEqualTo(1);

        saved(change(off, Wish.enabled(true)));

        assertThat(lexical("dogs")).containsExactly(DOGS);
        assertThat(deeds()).containsExactly("switched on", "switched off");
    }

    @Test
    void finds_an_added_passage_in_its_place_and_forgets_it_when_it_is_deleted() {
        EditableChunk added =
                saved(chunks.add(tenant, document, passage(0).chunk().id(), "On holidays lions sleep until noon."));

        assertThat(texts()).containsExactly(OPEN, "On holidays lions sleep until noon.", DOGS);
        assertThat(lexical("lions")).hasSize(1);
        assertThat(added.byHand()).isTrue();

        assertThat(chunks.remove(tenant, document, added.chunk().id(), added.revision()))
                .isEqualTo(new ChunkChange.Removed());
        assertThat(lexical("lions")).isEmpty();
        assertThat(embeddings()).isEqualTo(2);
        assertThat(chunks.remove(tenant, document, passage(0).chunk().id(), 1)).isInstanceOf(ChunkChange.Refused.class);
    }

    @Test
    void refuses_a_change_of_what_somebody_else_has_changed() {
        EditableChunk seen = passage(0);
        saved(change(seen, Wish.text(MINE)));

        ChunkChange late = change(seen, Wish.text("Something else."));

        assertThat(late)
                .isInstanceOfSatisfying(
                        ChunkChange.Stale.class,
                        stale -> assertThat(stale.current().chunk().text()).isEqualTo(MINE));
        assertThat(passage(0).chunk().text()).isEqualTo(MINE);
    }

    @Test
    void refuses_blank_texts_and_those_that_the_model_would_not_read_to_the_end() {
        assertThat(change(passage(0), Wish.text("  \n"))).isInstanceOf(ChunkChange.Refused.class);
        assertThat(change(passage(0), Wish.text("word ".repeat(embedder.maxTokens() + 1))))
                .isInstanceOfSatisfying(
                        ChunkChange.Refused.class,
                        refused -> assertThat(refused.reason()).contains("make two of it"));
        assertThat(passage(0).revision()).isEqualTo(1);
        assertThat(deeds()).isEmpty();
    }

    @Test
    void keeps_what_people_did_when_the_document_is_uploaded_again_under_its_name() {
        saved(change(passage(0), Wish.text(MINE)));
        saved(change(passage(1), Wish.enabled(false)));
        saved(chunks.add(tenant, document, passage(1).chunk().id(), "Lockers take a coin."));
        List<ChunkId> ids = ids();

        DocumentId again = library.document(tenant, base, NAME, "A new first passage about nothing much.", OPEN, DOGS);

        assertThat(again).isEqualTo(document);
        assertThat(knowledge.findDocument(tenant, document).orElseThrow().version())
                .isEqualTo(2);
        assertThat(texts())
                .containsExactly("A new first passage about nothing much.", MINE, DOGS, "Lockers take a coin.");
        assertThat(ids()).endsWith(ids.toArray(ChunkId[]::new));
        assertThat(passage(2).enabled()).isFalse();
        assertThat(chunks.conflicts(tenant, document)).isZero();
        assertThat(lexical("lions")).containsExactly(MINE);
        assertThat(lexical("dogs")).isEmpty();
        assertThat(lexical("lockers")).hasSize(1);
    }

    @Test
    void shows_both_texts_where_the_document_changed_under_an_edit_and_keeps_the_edit_until_it_is_decided() {
        saved(change(passage(0), Wish.text(MINE)));

        library.document(tenant, base, NAME, OPEN_LATER, DOGS);

        EditableChunk inConflict = passage(0);
        assertThat(inConflict.chunk().text()).isEqualTo(MINE);
        assertThat(inConflict.conflict()).isEqualTo(new ChunkConflict.Changed(List.of(), OPEN_LATER));
        assertThat(chunks.conflicts(tenant, document)).isEqualTo(1);
        assertThat(lexical("lions")).containsExactly(MINE);
        assertThat(chunks.undo(tenant, document, inConflict.chunk().id(), inConflict.revision()))
                .isInstanceOf(ChunkChange.Refused.class);

        EditableChunk kept = saved(change(inConflict, Wish.choice(Choice.KEEP_MINE)));
        assertThat(kept.chunk().text()).isEqualTo(MINE);
        assertThat(kept.original()).isEqualTo(OPEN_LATER);
        assertThat(kept.conflict()).isNull();

        library.document(tenant, base, NAME, OPEN, DOGS);
        EditableChunk taken = saved(change(passage(0), Wish.choice(Choice.TAKE_NEW)));
        assertThat(taken.chunk().text()).isEqualTo(OPEN);
        assertThat(taken.edited()).isFalse();
        assertThat(lexical("lions")).isEmpty();
        assertThat(lexical("museum")).containsExactly(OPEN);
        assertThat(embeddings()).isEqualTo(2);
    }

    @Test
    void keeps_an_edit_whose_passage_the_document_lost_until_it_is_decided() {
        saved(change(passage(1), Wish.text("Lions stay outside.")));

        library.document(tenant, base, NAME, OPEN);

        assertThat(passage(1).conflict()).isEqualTo(new ChunkConflict.Vanished());
        assertThat(lexical("lions")).containsExactly("Lions stay outside.");
        EditableChunk kept = saved(change(passage(1), Wish.choice(Choice.KEEP_MINE)));
        assertThat(kept.byHand()).isTrue();
        assertThat(kept.conflict()).isNull();

        library.document(tenant, base, NAME, OPEN, DOGS);
        assertThat(passage(1).byHand()).isFalse();
        library.document(tenant, base, NAME, OPEN);
        assertThat(change(passage(1), Wish.choice(Choice.TAKE_NEW))).isEqualTo(new ChunkChange.Removed());
        assertThat(texts()).containsExactly(OPEN);
        assertThat(lexical("lions")).isEmpty();
    }

    @Test
    void leaves_nothing_of_an_edit_when_the_document_is_deleted() {
        saved(change(passage(0), Wish.text(MINE)));

        knowledge.deleteDocument(tenant, document);

        assertThat(index.size(tenant)).isZero();
        assertThat(embeddings()).isZero();
    }

    @Test
    void does_not_show_another_tenants_passages_or_let_them_be_changed() {
        EditableChunk theirs = passage(0);
        TenantId stranger = library.tenant();

        assertThat(chunks.list(stranger, document, PageRequest.first(9)).items())
                .isEmpty();
        assertThat(chunks.find(stranger, document, theirs.chunk().id())).isEmpty();
        assertThat(chunks.conflicts(stranger, document)).isZero();
        ChunkChange unknown = new ChunkChange.Unknown();
        ChunkId id = theirs.chunk().id();
        assertThat(chunks.change(stranger, document, id, 1, Wish.text(MINE))).isEqualTo(unknown);
        assertThat(chunks.undo(stranger, document, id, 1)).isEqualTo(unknown);
        assertThat(chunks.add(stranger, document, id, MINE)).isEqualTo(unknown);
        assertThat(chunks.remove(stranger, document, id, 1)).isEqualTo(unknown);
        assertThat(texts()).containsExactly(OPEN, DOGS);
    }

    private ChunkChange change(EditableChunk chunk, Wish wish) {
        return chunks.change(tenant, document, chunk.chunk().id(), chunk.revision(), wish);
    }

    private static EditableChunk saved(ChunkChange change) {
        assertThat(change).isInstanceOf(ChunkChange.Saved.class);
        return ((ChunkChange.Saved) change).chunk();
    }

    private EditableChunk passage(int ordinal) {
        return all().get(ordinal);
    }

    private List<EditableChunk> all() {
        return chunks.list(tenant, document, PageRequest.first(50)).items();
    }

    private List<String> texts() {
        return all().stream().map(passage -> passage.chunk().text()).toList();
    }

    private List<ChunkId> ids() {
        return all().stream().map(passage -> passage.chunk().id()).toList();
    }

    /** What has the word. */
    private List<String> lexical(String word) {
        return retrieval.search(tenant, new SearchRequest(Set.of(base), word, List.of(), 10)).passages().stream()
                .filter(passage -> passage.scores().lexical() != null)
                .map(Passage::text)
                .toList();
    }

    private long embeddings() {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select count(*) from embedding")
                        .query(Long.class)
                        .single());
    }

    private List<String> deeds() {
        return audit.list(tenant, AuditFilter.ALL, PageRequest.first(50)).items().stream()
                .filter(entry -> entry.object().equals("passage"))
                .map(AuditEntry::action)
                .toList();
    }
}
