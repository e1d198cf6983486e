package io.switchboard.ui.conversations;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.ui.parts.Bubble;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of one conversation. Only what changed is drawn again, so that an opened timeline stays open. */
class MessageThread extends Section {

    private static final int SHOWN = 200;

    private final ConversationService conversations;
    private final H2 contact = new H2();
    private final Span channel = new Span();
    private final Header header;
    private final Div messages = new Div();

    private @Nullable ConversationId current;
    private List<ThreadMessage> drawn = List.of();

    MessageThread(ConversationService conversations) {
        this.conversations = conversations;
        addClassName("sb-thread");
        Anchor back = new Anchor("conversations", VaadinIcon.ARROW_LEFT.create());
        back.getElement().setAttribute("aria-label", getTranslation("conversations.back"));
        back.addClassName("sb-thread-back");
        channel.addClassName("sb-quiet");
        header = new Header(back, new Div(contact, channel));
        messages.addClassName("sb-messages");
        messages.getElement().setAttribute("role", "log");
        messages.getElement().setAttribute("tabindex", "0");
        messages.getElement().setAttribute("aria-label", getTranslation("conversations.messages"));
    }

    void showNothing() {
        removeAll();
        current = null;
        drawn = List.of();
        add(new EmptyState(
                VaadinIcon.COMMENT_ELLIPSIS_O,
                getTranslation("conversations.choose"),
                getTranslation("conversations.choose.sentence")));
    }

    void show(TenantId tenant, ConversationSummary conversation) {
        contact.setText(conversation.contact());
        channel.setText(conversation.channelName());
        if (!conversation.id().equals(current)) {
            removeAll();
            add(header, messages);
            messages.removeAll();
            drawn = List.of();
            current = conversation.id();
        }
        draw(Pages.last(SHOWN, page -> conversations.messages(tenant, conversation.id(), page)));
    }

    private void draw(List<ThreadMessage> now) {
        int same = 0;
        while (same < Math.min(now.size(), drawn.size()) && now.get(same).equals(drawn.get(same))) {
            same++;
        }
        if (same == now.size() && same == drawn.size()) {
            return;
        }
        for (int i = drawn.size() - 1; i >= same; i--) {
            messages.remove(messages.getComponentAt(i));
        }
        now.subList(same, now.size()).forEach(message -> messages.add(Bubble.inThread(message)));
        drawn = now;
        messages.getElement().executeJs("setTimeout(() => this.scrollTop = this.scrollHeight, 30)");
    }
}
