package io.switchboard.knowledge;

import io.switchboard.outbound.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * A document as the pipeline starts on it.
 *
 * @param language of its knowledge base, ISO 639-1
 * @param answer of a question-and-answer pair; null for a file, whose bytes {@link DocumentProcessing#open} gives
 * @param page where a page is to be fetched; null for everything else, and for a page whose bytes are there already
 */
public record DocumentTask(
        Document document,
        String language,
        @Nullable String answer,
        @Nullable WebAddress page) {}
