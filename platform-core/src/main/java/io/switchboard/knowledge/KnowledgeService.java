package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Knowledge bases and documents of a tenant. */
@Service
public class KnowledgeService {

    public KnowledgeBase createKnowledgeBase(TenantId tenant, String name, String language) {
        throw new UnsupportedOperationException();
    }

    public Slice<KnowledgeBase> knowledgeBases(TenantId tenant, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<KnowledgeBase> findKnowledgeBase(TenantId tenant, KnowledgeBaseId id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores a file and queues it for the pipeline. The bytes are stored before the row, so an accepted document is never without them.
     *
     * @param name as the uploader calls it; used for display only, never as a path
     */
    public DocumentAddition addFile(
            TenantId tenant, KnowledgeBaseId knowledgeBase, String name, String mediaType, InputStream content)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Stores a question-and-answer pair and queues it for the pipeline. */
    public DocumentAddition addFaq(TenantId tenant, KnowledgeBaseId knowledgeBase, String question, String answer) {
        throw new UnsupportedOperationException();
    }

    public Slice<Document> documents(TenantId tenant, KnowledgeBaseId knowledgeBase, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<Document> findDocument(TenantId tenant, DocumentId id) {
        throw new UnsupportedOperationException();
    }

    /** Chunks in document order. */
    public Slice<Chunk> chunks(TenantId tenant, DocumentId document, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** Removes bytes and rows at once, and the vectors with {@link DocumentRemoved}; false if there is no such document. */
    public boolean deleteDocument(TenantId tenant, DocumentId id) {
        throw new UnsupportedOperationException();
    }
}
