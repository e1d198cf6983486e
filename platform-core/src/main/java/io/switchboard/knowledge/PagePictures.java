package io.switchboard.knowledge;

import io.switchboard.kernel.TenantId;
import java.util.Optional;

/** Draws pages of documents as they look. */
public interface PagePictures {

    /**
     * The page on which a passage stands; empty if the document has no pages, the passage is on none of them, or the page cannot be drawn
     * within the limits of reading.
     */
    Optional<Original.Page> find(TenantId tenant, Document document, String passage);
}
