package io.switchboard.knowledge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage with what people did to it.
 *
 * @param chunk as answers use it
 * @param byHand whether a person wrote it, or kept it when the document lost it
 * @param enabled whether answers may use it
 * @param original what the document says where a person changed the text; null where it is as the document has it
 * @param revision counts changes, from 1; a change names the revision it was made on
 * @param editedAt the last change by a person; null if there was none
 */
public record EditableChunk(
        Chunk chunk,
        boolean byHand,
        boolean enabled,
        @Nullable String original,
        @Nullable ChunkConflict conflict,
        int revision,
        @Nullable Instant editedAt) {

    public boolean edited() {
        return original != null && !original.equals(chunk.text());
    }
}
