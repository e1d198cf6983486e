package io.switchboard.retrieval.lucene;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.retrieval.Bm25;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.ChunkIndex.IndexedChunk;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tenant's Lucene index. Every change is committed before it returns, so a crash loses none of them. */
final class TenantIndex implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(TenantIndex.class);

    private static final BM25Similarity BM25 = new BM25Similarity(Bm25.K1, Bm25.B);

    /** Counts changes to fields and analysis; an index of another format is made anew. */
    private static final String FORMAT = "1";

    /** Chunks in an index that is small enough for whoever removes a document to wait until the files have none of it. */
    private static final int REWRITTEN_AT_ONCE = 2000;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final int exactUpTo;

    private TenantIndex(Directory directory, IndexWriter writer, SearcherManager searchers, int exactUpTo) {
        this.exactUpTo = exactUpTo;
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    /**
     * Opens the index, or makes an empty one where there is none, where it is damaged, or where another model's vectors are in it.
     *
     * @param exactUpTo chunks that are searched by comparing with each of them
     */
    static TenantIndex open(Path path, String model, int exactUpTo) throws IOException {
        Directory directory = FSDirectory.open(path);
        Map<String, String> maker = Map.of("format", FORMAT, "model", model);
        try {
            if (!DirectoryReader.indexExists(directory)) {
                return open(directory, maker, IndexWriterConfig.OpenMode.CREATE, exactUpTo);
            }
            if (maker.equals(makerOf(directory))) {
                return open(directory, maker, IndexWriterConfig.OpenMode.APPEND, exactUpTo);
            }
            log.info("Index {} was made by another version or model; starting anew", path);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | NoSuchFileException
                | FileNotFoundException
                | EOFException e) {
            log.warn("Index {} is damaged ({}); starting anew", path, e.getMessage());
        }
        deleteFiles(directory);
        return open(directory, maker, IndexWriterConfig.OpenMode.CREATE, exactUpTo);
    }

    private static void deleteFiles(Directory directory) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
        }
    }

    private static Map<String, String> makerOf(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData();
        }
    }

    private static TenantIndex open(
            Directory directory, Map<String, String> maker, IndexWriterConfig.OpenMode mode, int exactUpTo)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig()
                .setOpenMode(mode)
                .setCodec(new ChunkCodec(exactUpTo))
                .setSimilarity(BM25)
                .setMergePolicy(
                        new GraphMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0), exactUpTo));
        IndexWriter writer = new IndexWriter(directory, config);
        try {
            writer.setLiveCommitData(maker.entrySet());
            writer.commit();
            return new TenantIndex(directory, writer, new SearcherManager(writer, new Searchers()), exactUpTo);
        } catch (IOException e) {
            writer.rollback();
            throw e;
        }
    }

    boolean isOpen() {
        return writer.isOpen();
    }

    void replace(DocumentId document, List<IndexedChunk> chunks) throws IOException {
        Term replaced = ChunkFields.documentTerm(document);
        writer.updateDocuments(
                replaced,
                chunks.stream()
                        .map(chunk -> ChunkFields.fields(document, chunk))
                        .toList());
        makeDurableAndVisible();
    }

    /** Removes a document's chunks from the files too; in a large index, Lucene's own threads do that a little later. */
    void remove(DocumentId document) throws IOException {
        writer.deleteDocuments(ChunkFields.documentTerm(document));
        writer.forceMergeDeletes(writer.getDocStats().numDocs <= REWRITTEN_AT_ONCE);
        makeDurableAndVisible();
    }

    void clear() throws IOException {
        writer.deleteAll();
        makeDurableAndVisible();
    }

    private void makeDurableAndVisible() throws IOException {
        writer.commit();
        searchers.maybeRefreshBlocking();
    }

    List<Hit> dense(Set<KnowledgeBaseId> knowledgeBases, float[] vector, int limit) throws IOException {
        return search(searcher -> new DenseSearch(searcher, knowledgeBases, exactUpTo).nearest(vector, limit));
    }

    List<Hit> lexical(Set<KnowledgeBaseId> knowledgeBases, List<String> terms, int limit) throws IOException {
        return search(searcher -> LexicalSearch.best(searcher, knowledgeBases, terms, limit));
    }

    /** How many chunks have each term; terms that no chunk has are absent. */
    Map<String, Long> documentFrequencies(Collection<String> terms) throws IOException {
        return search(searcher -> {
            Map<String, Long> frequencies = new HashMap<>();
            for (String term : terms) {
                long chunks = searcher.getIndexReader().docFreq(new Term(ChunkFields.TERMS, term));
                if (chunks > 0) {
                    frequencies.put(term, chunks);
                }
            }
            return frequencies;
        });
    }

    /** Those of which something is in the files; one that was removed may be among them for a while. */
    Set<DocumentId> documents() throws IOException {
        return search(searcher -> ChunkFields.documents(searcher.getIndexReader()));
    }

    long size() throws IOException {
        return search(searcher -> (long) searcher.getIndexReader().numDocs());
    }

    /** In what is there now: segments are joined without a change that would show them. */
    private <T> T search(Search<T> search) throws IOException {
        searchers.maybeRefresh();
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.in(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }

    /** A question to one state of the index. */
    private interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    private static final class Searchers extends SearcherFactory {

        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(BM25);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
