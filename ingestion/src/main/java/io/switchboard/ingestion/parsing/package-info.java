/** Turns the bytes of a file into its title, headings, paragraphs, list items and table rows, in a process of its own. */
@NullMarked
package io.switchboard.ingestion.parsing;

import org.jspecify.annotations.NullMarked;
