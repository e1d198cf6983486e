/** The {@link io.switchboard.retrieval.ChunkIndex} in PostgreSQL: vectors with pgvector, words in postings of our own. */
@NullMarked
package io.switchboard.retrieval.pgvector;

import org.jspecify.annotations.NullMarked;
