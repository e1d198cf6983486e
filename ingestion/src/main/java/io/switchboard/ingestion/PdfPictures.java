package io.switchboard.ingestion;

import io.switchboard.ingestion.parsing.DocumentParser;
import io.switchboard.ingestion.parsing.ParseResult;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.Original;
import io.switchboard.knowledge.PagePictures;
import io.switchboard.tenancy.TenantGate;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has pages of PDFs drawn in the process that reads documents, two at a time and tenants in turn, so that nobody fills the memory by leafing. */
@Component
class PdfPictures implements PagePictures {

    private static final Logger LOG = LoggerFactory.getLogger(PdfPictures.class);
    private static final int AT_A_TIME = 2;

    private final DocumentParser parser;
    private final DocumentProcessing processing;
    private final TenantGate room = new TenantGate(AT_A_TIME);

    PdfPictures(DocumentParser parser, DocumentProcessing processing) {
        this.parser = parser;
        this.processing = processing;
    }

    @Override
    public Optional<Original.Page> find(TenantId tenant, Document document, String passage) {
        try {
            return room.call(tenant, () -> draw(tenant, document, passage));
        } catch (CancellationException _) {
            return Optional.empty();
        }
    }

    private Optional<Original.Page> draw(TenantId tenant, Document document, String passage) {
        try {
            ParseResult result = parser.draw(
                    document.name(), document.sizeBytes(), passage, () -> processing.open(tenant, document.id()));
            if (result instanceof ParseResult.Pictured(int page, int pages, byte[] png)) {
                return Optional.of(new Original.Page(page, pages, png));
            }
            LOG.debug("No picture of a page of document {}: {}", document.id(), result);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            LOG.warn("Page of document {} of tenant {} not drawn", document.id(), tenant, e);
            return Optional.empty();
        }
    }
}
