package io.switchboard.knowledge;

import java.util.List;

/** A document does not say any more what stood under a passage when a person changed it. The person's version stays until they choose. */
public sealed interface ChunkConflict {

    /** The document says something else now. */
    record Changed(List<String> headingPath, String text) implements ChunkConflict {

        public Changed {
            headingPath = List.copyOf(headingPath);
        }
    }

    /** The document has nothing like it any more. */
    record Vanished() implements ChunkConflict {}
}
