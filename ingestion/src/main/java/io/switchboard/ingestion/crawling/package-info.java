/** Reads web sites: what they allow, which pages they have, and what has changed. */
@NullMarked
package io.switchboard.ingestion.crawling;

import org.jspecify.annotations.NullMarked;
