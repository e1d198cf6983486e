package io.switchboard.retrieval;

import java.util.List;

/**
 * Text that is put before a model: a passage, or several that follow each other in their document, joined.
 *
 * @param passage joined, with the scores and the id of the best part
 * @param parts in document order
 */
public record Context(Passage passage, List<Passage> parts) {

    public Context {
        parts = List.copyOf(parts);
    }
}
