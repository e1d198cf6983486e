package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Shows passages in the document that they come from. */
@Service
public class OriginalService {

    private static final String PDF = "application/pdf";

    /** Passages before and after the one that is shown. */
    private static final int AROUND = 3;

    private final TenantTransactions transactions;
    private final Documents documents;
    private final Chunks chunks;
    private final ObjectProvider<PagePictures> pictures;

    OriginalService(
            TenantTransactions transactions,
            Documents documents,
            Chunks chunks,
            ObjectProvider<PagePictures> pictures) {
        this.transactions = transactions;
        this.documents = documents;
        this.chunks = chunks;
        this.pictures = pictures;
    }

    private record Found(Document document, List<EditableChunk> passages, int index) {}

    /** The page of a PDF, the text around it otherwise; empty if there is no such passage. */
    @Requires(Permission.READ_KNOWLEDGE)
    public Optional<Original> show(TenantId tenant, DocumentId id, ChunkId chunk) {
        Found found = transactions.call(tenant, () -> find(tenant, id, chunk));
        if (found == null) {
            return Optional.empty();
        }
        String passage = said(found.passages().get(found.index()));
        Optional<Original.Page> page = found.document().mediaType().equals(PDF)
                ? pictures.stream().findFirst().flatMap(drawing -> drawing.find(tenant, found.document(), passage))
                : Optional.empty();
        return page.<Original>map(drawn -> drawn).or(() -> Optional.of(text(found, passage)));
    }

    private @Nullable Found find(TenantId tenant, DocumentId id, ChunkId chunk) {
        Document document = documents.find(tenant, id).orElse(null);
        EditableChunk passage = chunks.find(tenant, id, chunk).orElse(null);
        if (document == null || passage == null) {
            return null;
        }
        int ordinal = passage.chunk().ordinal();
        List<EditableChunk> around = chunks.list(tenant, id, ordinal - AROUND - 1, 2 * AROUND + 1);
        for (int i = 0; i < around.size(); i++) {
            if (around.get(i).chunk().id().equals(chunk)) {
                return new Found(document, around, i);
            }
        }
        return null;
    }

    private static Original.Text text(Found found, String passage) {
        return new Original.Text(
                joined(found.passages().subList(0, found.index())),
                passage,
                joined(found.passages()
                        .subList(found.index() + 1, found.passages().size())));
    }

    private static String joined(List<EditableChunk> passages) {
        return passages.stream()
                .filter(passage -> !passage.byHand())
                .map(OriginalService::said)
                .collect(Collectors.joining("\n\n"));
    }

    /** By the document, whatever a person has made of it. */
    private static String said(EditableChunk passage) {
        return Objects.requireNonNullElse(passage.original(), passage.chunk().text());
    }
}
