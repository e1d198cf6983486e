package io.switchboard.ingestion;

import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.PageStorage;
import io.switchboard.outbound.Fetching;
import io.switchboard.outbound.OutboundFetcher;
import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** Brings the bytes of a page in, as the first step of its pipeline. */
@Component
class PageFetch {

    private final OutboundFetcher fetcher;
    private final DocumentProcessing processing;

    PageFetch(OutboundFetcher fetcher, DocumentProcessing processing) {
        this.fetcher = fetcher;
        this.processing = processing;
    }

    /** Outcome of {@link #fetch}. */
    sealed interface Page {

        record Stored() implements Page {}

        record Superseded() implements Page {}

        /** @param reason for people, a whole sentence */
        record Missing(String reason) implements Page {}
    }

    Page fetch(DocumentJob job, WebAddress address) {
        AtomicReference<PageStorage> storage = new AtomicReference<>(PageStorage.SUPERSEDED);
        try {
            Fetching fetching = fetcher.fetch(
                    address,
                    processing.maxPageBytes(),
                    (mediaType, bytes) -> storage.set(
                            processing.storePage(job.tenant(), job.document(), job.version(), mediaType, bytes)));
            return switch (fetching) {
                case Fetching.Failed(var problem, var reason) -> new Page.Missing(reason);
                case Fetching.Fetched _ ->
                    switch (Objects.requireNonNull(storage.get())) {
                        case STORED -> new Page.Stored();
                        case SUPERSEDED -> new Page.Superseded();
                        case FULL ->
                            new Page.Missing(
                                    "Your plan has no room for this page; delete documents or change the plan.");
                    };
            };
        } catch (IOException e) {
            throw new UncheckedIOException("page of document " + job.id() + " could not be stored", e);
        }
    }
}
