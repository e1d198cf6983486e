package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import io.switchboard.retrieval.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** How a chunk is written into Lucene and found again. No text is stored: PostgreSQL has it. */
final class ChunkFields {

    static final String TERMS = "terms";
    static final String VECTOR = "vector";
    private static final String ID = "id";
    private static final String DOCUMENT = "document";
    private static final String KNOWLEDGE_BASE = "knowledge_base";

    private ChunkFields() {}

    static Document fields(DocumentId document, IndexedChunk chunk) {
        Document fields = new Document();
        fields.add(new BinaryDocValuesField(ID, bytes(chunk.id().value())));
        fields.add(new StringField(DOCUMENT, bytes(document.value()), Field.Store.NO));
        fields.add(new StringField(KNOWLEDGE_BASE, bytes(chunk.knowledgeBase().value()), Field.Store.NO));
        fields.add(new TextField(TERMS, new ListTokenStream(chunk.terms())));
        float[] vector = chunk.vector();
        if (vector != null) {
            fields.add(
                    new KnnFloatVectorField(VECTOR, Vectors.normalize(vector), VectorSimilarityFunction.DOT_PRODUCT));
        }
        return fields;
    }

    static Term documentTerm(DocumentId document) {
        return new Term(DOCUMENT, bytes(document.value()));
    }

    static Set<DocumentId> documents(IndexReader reader) throws IOException {
        Set<DocumentId> documents = new HashSet<>();
        Terms terms = MultiTerms.getTerms(reader, DOCUMENT);
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                documents.add(new DocumentId(uuid(term)));
            }
        }
        return documents;
    }

    static Query in(Collection<KnowledgeBaseId> knowledgeBases) {
        List<BytesRef> ids =
                knowledgeBases.stream().map(id -> bytes(id.value())).toList();
        return new TermInSetQuery(KNOWLEDGE_BASE, ids);
    }

    static ChunkId id(IndexReader reader, int doc) throws IOException {
        List<LeafReaderContext> leaves = reader.leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), ID);
        if (!ids.advanceExact(doc - leaf.docBase)) {
            throw new IOException("chunk without id: " + doc);
        }
        return new ChunkId(uuid(ids.binaryValue()));
    }

    private static UUID uuid(BytesRef bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static BytesRef bytes(UUID id) {
        return new BytesRef(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }
}
