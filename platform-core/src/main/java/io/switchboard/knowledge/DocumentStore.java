package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.Sha256;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentIntake.Decision;
import io.switchboard.knowledge.DocumentIntake.Offer;
import io.switchboard.knowledge.Documents.Source;
import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps bytes and rows of documents in step: bytes come before the row and go after it. */
@Component
class DocumentStore {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentStore.class);
    static final int MAX_QUESTION = 500;
    static final int MAX_ANSWER = 20_000;
    private static final int MAX_MEDIA_TYPE = 200;

    private final DocumentContent content;
    private final DocumentIntake intake;
    private final DocumentRemoval removal;
    private final KnowledgeSettings settings;

    DocumentStore(DocumentContent content, DocumentIntake intake, DocumentRemoval removal, KnowledgeSettings settings) {
        this.content = content;
        this.intake = intake;
        this.removal = removal;
        this.settings = settings;
    }

    DocumentAddition addFile(
            TenantId tenant, KnowledgeBaseId knowledgeBase, String name, String mediaType, InputStream bytes)
            throws IOException {
        long limit = settings.maxFileSize().toBytes();
        MeasuredInputStream measured = new MeasuredInputStream(bytes, limit);
        ContentId stored = content.store(tenant, measured);
        ContentId unused = stored;
        try {
            if (measured.overLimit()) {
                return new DocumentAddition.TooLarge(limit);
            }
            Decision decision = intake.admit(
                    tenant,
                    new Offer(
                            knowledgeBase,
                            DocumentKind.FILE,
                            Texts.fileName(name),
                            Texts.limited(mediaType, MAX_MEDIA_TYPE),
                            measured.count(),
                            new Source(measured.sha256(), stored, null, null)));
            unused = decision.unused();
            return decision.addition();
        } finally {
            if (unused != null) {
                discard(tenant, unused);
            }
        }
    }

    DocumentAddition addFaq(TenantId tenant, KnowledgeBaseId knowledgeBase, String question, String answer) {
        String asked = required("question", question, MAX_QUESTION);
        String answered = required("answer", answer, MAX_ANSWER);
        return intake.admit(
                        tenant,
                        new Offer(
                                knowledgeBase,
                                DocumentKind.FAQ,
                                asked,
                                "text/plain",
                                answered.getBytes(StandardCharsets.UTF_8).length,
                                new Source(Sha256.hex(asked + "\n" + answered), null, answered, null)))
                .addition();
    }

    DocumentAddition addPage(TenantId tenant, KnowledgeBaseId knowledgeBase, WebAddress page) {
        return intake.admit(
                        tenant,
                        new Offer(knowledgeBase, DocumentKind.PAGE, page.toString(), "text/html", 0, Source.page(page)))
                .addition();
    }

    boolean delete(TenantId tenant, DocumentId id) {
        DocumentRemoval.Removed removed = removal.remove(tenant, id).orElse(null);
        if (removed == null) {
            return false;
        }
        if (removed.content() != null) {
            discard(tenant, removed.content());
        }
        return true;
    }

    private void discard(TenantId tenant, ContentId unused) {
        try {
            content.delete(tenant, unused);
        } catch (IOException e) {
            LOG.warn("Content {} of tenant {} could not be deleted and stays on disk, unused", unused, tenant, e);
        }
    }

    private static String required(String field, String text, int maxLength) {
        String clean = Texts.withoutNul(text).strip();
        if (clean.isEmpty() || clean.length() > maxLength) {
            throw new IllegalArgumentException(field + " has 1 to " + maxLength + " characters");
        }
        return clean;
    }
}
