package io.switchboard.ingestion;

import io.switchboard.ingestion.chunking.Chunker;
import io.switchboard.ingestion.chunking.Titles;
import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.ContentSource;
import io.switchboard.ingestion.parsing.DocumentParser;
import io.switchboard.ingestion.parsing.ParseResult;
import io.switchboard.ingestion.parsing.ParsedDocument;
import io.switchboard.ingestion.parsing.Problem;
import io.switchboard.knowledge.Completion;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentFindings;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.DocumentTask;
import io.switchboard.knowledge.NewChunk;
import io.switchboard.outbound.WebAddress;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.retrieval.TenantEmbedders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes a document from its bytes to READY: parse, chunk, embed, store, index. Each step may be repeated after a crash; only what is not
 * there yet is done again, and a document that was deleted meanwhile is left alone.
 */
@Component
class DocumentPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentPipeline.class);
    private static final double PARSED = 0.15;
    private static final double EMBEDDED = 0.95;
    private static final int COMPLETION_ATTEMPTS = 3;

    private final DocumentProcessing processing;
    private final PageFetch pages;
    private final DocumentParser parser;
    private final Embedder embedder;
    private final TenantEmbedders embedders;
    private final PassageEmbedding embedding;
    private final IndexingService indexing;
    private final DocumentLanguage languages;

    DocumentPipeline(
            DocumentProcessing processing,
            PageFetch pages,
            DocumentParser parser,
            Embedder embedder,
            TenantEmbedders embedders,
            PassageEmbedding embedding,
            IndexingService indexing,
            DocumentLanguage languages) {
        this.processing = processing;
        this.pages = pages;
        this.parser = parser;
        this.embedder = embedder;
        this.embedders = embedders;
        this.embedding = embedding;
        this.indexing = indexing;
        this.languages = languages;
    }

    /** Ends when the document is ready, failed, or gone. */
    void run(DocumentJob job) {
        DocumentTask task =
                processing.begin(job.tenant(), job.document(), job.version()).orElse(null);
        if (task == null) {
            return;
        }
        if (task.answer() != null) {
            Document faq = task.document();
            String language = languages.of(List.of(faq.name(), task.answer())).orElse(null);
            finish(job, new DocumentFindings(faq.mediaType(), language), List.of(chunk(faq.name(), task.answer())));
            return;
        }
        if (task.page() != null) {
            task = fetched(job, task.page());
            if (task == null) {
                return;
            }
        }
        read(job, task);
    }

    /** The task with what the page's site has just answered; null if there is nothing to read. */
    private @Nullable DocumentTask fetched(DocumentJob job, WebAddress page) {
        return switch (pages.fetch(job, page)) {
            case PageFetch.Page.Stored _ ->
                processing.begin(job.tenant(), job.document(), job.version()).orElse(null);
            case PageFetch.Page.Superseded _ -> null;
            case PageFetch.Page.Missing(var reason) -> {
                LOG.info("Page of document {} not fetched ({}); kept as FAILED, not retried", job.id(), reason);
                processing.fail(job.tenant(), job.document(), job.version(), reason);
                yield null;
            }
        };
    }

    private void read(DocumentJob job, DocumentTask task) {
        switch (parse(job, task.document(), task.language())) {
            case ParseResult.Unreadable(var problem, var detail) -> fail(job, problem, detail);
            case ParseResult.Pictured _ -> throw new IllegalStateException("a picture where text was asked for");
            case ParseResult.Abandoned _ -> LOG.info("Document {} is not wanted any more; reading has ended", job.id());
            case ParseResult.Parsed(var document) -> chunk(job, task, document);
        }
    }

    private ParseResult parse(DocumentJob job, Document document, String language) {
        return parser.parse(document.name(), document.mediaType(), document.sizeBytes(), language, new ContentSource() {
            @Override
            public InputStream open() throws IOException {
                return processing.open(job.tenant(), job.document());
            }

            @Override
            public boolean isWanted() {
                return processing.isUnderWay(job.tenant(), job.document(), job.version());
            }
        });
    }

    private NewChunk chunk(String question, String answer) {
        return new NewChunk(List.of(question), answer, embedder.countTokens(answer));
    }

    private void chunk(DocumentJob job, DocumentTask task, ParsedDocument document) {
        String language = languages
                .of(document.blocks().stream().map(Block::text).toList())
                .orElse(null);
        Chunker chunker = new Chunker(
                embedder::countTokens,
                embedder.maxTokens(),
                Locale.forLanguageTag(language == null ? task.language() : language));
        String title = Titles.of(document, task.document().name());
        List<NewChunk> chunks = chunker.chunk(title, document.blocks());
        if (chunks.isEmpty()) {
            fail(job, Problem.NO_TEXT, "no chunks");
            return;
        }
        if (processing.nextStep(job.tenant(), job.document(), job.version(), PARSED)) {
            finish(job, new DocumentFindings(document.mediaType(), language), chunks);
        }
    }

    private void finish(DocumentJob job, DocumentFindings found, List<NewChunk> chunks) {
        for (int attempt = 1; attempt <= COMPLETION_ATTEMPTS; attempt++) {
            Embedder ofTenant = embedders.of(job.tenant());
            boolean wanted = embedding.embed(
                    job.tenant(), ofTenant, chunks, share -> progress(job, PARSED + share * (EMBEDDED - PARSED)));
            if (!wanted) {
                dropUnused(job, chunks);
                return;
            }
            switch (processing.complete(job.tenant(), job.document(), job.version(), found, ofTenant.model(), chunks)) {
                case Completion.Stored _ -> {
                    index(job, chunks.size());
                    return;
                }
                case Completion.Superseded _ -> {
                    dropUnused(job, chunks);
                    return;
                }
                case Completion.Incomplete(var texts) ->
                    LOG.info("Embedding {} texts of document {} again, they went with another", texts.size(), job.id());
            }
        }
        throw new IllegalStateException("vectors of document " + job.id() + " keep disappearing");
    }

    /** Of a document that was cancelled, deleted or replaced meanwhile. */
    private void dropUnused(DocumentJob job, List<NewChunk> chunks) {
        processing.dropUnused(
                job.tenant(), chunks.stream().map(NewChunk::textHash).toList());
    }

    private void index(DocumentJob job, int chunks) {
        indexing.index(job.tenant(), job.document());
        if (processing.markReady(job.tenant(), job.document(), job.version())) {
            LOG.info("Document {} is ready with {} chunks", job.id(), chunks);
            return;
        }
        indexing.forget(job.tenant(), job.document());
    }

    private boolean progress(DocumentJob job, double progress) {
        return processing.progress(job.tenant(), job.document(), job.version(), progress);
    }

    private void fail(DocumentJob job, Problem problem, String detail) {
        LOG.info("Document {} unreadable ({}, {}); kept as FAILED, not retried", job.id(), problem, detail);
        processing.fail(job.tenant(), job.document(), job.version(), problem.sentence());
    }

    /** After too many attempts that went wrong on our side. */
    void giveUp(DocumentJob job) {
        processing.fail(
                job.tenant(),
                job.document(),
                job.version(),
                "The file could not be processed because of a problem on our side. Upload it again later.");
    }
}
