/** Splits a document along its headings into passages that an embedder takes whole. */
@NullMarked
package io.switchboard.ingestion.chunking;

import org.jspecify.annotations.NullMarked;
