package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.html.Anchor;

/** Ways from other pages to knowledge. */
public final class KnowledgeNavigation {

    private KnowledgeNavigation() {}

    public static Anchor list(String text) {
        return new Anchor("knowledge", text);
    }
}
