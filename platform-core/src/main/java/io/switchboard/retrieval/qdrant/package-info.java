/** The {@link io.switchboard.retrieval.ChunkIndex} on a Qdrant server, spoken to by gRPC. */
@NullMarked
package io.switchboard.retrieval.qdrant;

import org.jspecify.annotations.NullMarked;
