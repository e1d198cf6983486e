package io.switchboard.ingestion;

import io.switchboard.answering.MediaReader;
import io.switchboard.answering.MediaReaderException;
import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.DocumentParser;
import io.switchboard.ingestion.parsing.ParseResult;
import io.switchboard.ingestion.parsing.ParsedDocument;
import io.switchboard.kernel.TenantId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Reads what customers send as files in the process that reads uploads, under the same limits and for less time. A few at once and tenants
 * in turn, so that nobody fills the memory by sending.
 */
@Component
class CustomersDocuments implements MediaReader {

    /** The customer waits. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Some 300 words, so that the organisation's own passages stay the larger part of what a model reads. */
    private static final int LONGEST = 2_000;

    private static final int AT_A_TIME = 2;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final DocumentParser parser;
    private final TenantTurns room =
            new TenantTurns(AT_A_TIME, SOON.multipliedBy(5).toNanos(), System::nanoTime);

    CustomersDocuments(DocumentParser parser) {
        this.parser = parser;
    }

    @Override
    public Sense sense() {
        return Sense.READING;
    }

    @Override
    public String read(TenantId tenant, byte[] content, String mediaType) {
        if (!room.take(tenant)) {
            throw new MediaReaderException("other documents are being read", true, SOON, null);
        }
        try {
            return switch (parser.parse(content, mediaType, DEADLINE)) {
                case ParseResult.Parsed(var document) -> beginning(document);
                case ParseResult.Unreadable(var problem, var detail) ->
                    throw new MediaReaderException(problem + ", " + detail, false, null, null);
                case ParseResult.Abandoned _, ParseResult.Pictured _ ->
                    throw new IllegalStateException("a document that is wanted, and no page of it, was to be read");
            };
        } catch (UncheckedIOException e) {
            throw new MediaReaderException("no process reads documents now", true, null, e);
        } finally {
            room.giveBack();
        }
    }

    private static String beginning(ParsedDocument document) {
        String text = document.blocks().stream().map(Block::text).collect(Collectors.joining("\n"));
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
