package io.switchboard.ingestion.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text in reading order.
 *
 * @param mediaType as found in the bytes
 * @param title as the document says it; null if it does not
 */
public record ParsedDocument(String mediaType, @Nullable String title, List<Block> blocks) {

    public ParsedDocument {
        blocks = List.copyOf(blocks);
    }
}
