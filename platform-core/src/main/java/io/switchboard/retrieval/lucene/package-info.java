/** The embedded {@link io.switchboard.retrieval.ChunkIndex}: one Lucene index for each tenant, below the data directory. */
@NullMarked
package io.switchboard.retrieval.lucene;

import org.jspecify.annotations.NullMarked;
