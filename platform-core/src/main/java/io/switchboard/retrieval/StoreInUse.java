package io.switchboard.retrieval;

import java.util.List;

/**
 * The vector store that is searched.
 *
 * @param name as in the setting {@code SWITCHBOARD_VECTOR_STORE}
 * @param reason why that one
 * @param former stores that were used here before and may still hold something
 */
public record StoreInUse(String name, String reason, List<String> former) {

    public StoreInUse {
        former = List.copyOf(former);
    }
}
