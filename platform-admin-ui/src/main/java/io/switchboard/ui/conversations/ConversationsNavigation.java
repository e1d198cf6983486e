package io.switchboard.ui.conversations;

import com.vaadin.flow.component.html.Anchor;
import io.switchboard.kernel.ConversationId;

/** Ways from other pages to conversations. */
public final class ConversationsNavigation {

    private ConversationsNavigation() {}

    public static Anchor list(String text) {
        return new Anchor("conversations", text);
    }

    public static String path(ConversationId conversation) {
        return "conversations/" + conversation;
    }
}
