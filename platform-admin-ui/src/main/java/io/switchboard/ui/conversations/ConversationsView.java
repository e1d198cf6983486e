package io.switchboard.ui.conversations;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.switchboard.channels.TemplateService;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.FileReplyService;
import io.switchboard.conversations.HandoverService;
import io.switchboard.conversations.TemplateMessageService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.privacy.PrivacyNavigation;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations beside the one that is open; both move as customers write. */
@Route("conversations/:conversation?")
@Menu(title = "nav.conversations", icon = "vaadin:comments-o", order = 7)
@PermitAll
@Requires(Permission.READ_CONVERSATIONS)
class ConversationsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int STEP = 50;

    private final ConversationService conversations;
    private final Session session;
    private final Clock clock;
    private final Nav list = new Nav();
    private final MessageThread thread;

    private @Nullable ConversationId open;
    private int shown = STEP;

    ConversationsView(
            ConversationService conversations,
            HandoverService handover,
            FileReplyService files,
            TemplateService templates,
            TemplateMessageService templateMessages,
            PrivacyNavigation privacy,
            Session session,
            LiveUpdates live,
            Clock clock) {
        this.conversations = conversations;
        this.session = session;
        this.clock = clock;
        this.thread = new MessageThread(
                conversations,
                handover,
                files,
                new TemplateButton(templates, templateMessages, session),
                privacy,
                session);
        TenantId tenant = session.tenant();
        addClassName("sb-inbox");
        list.addClassName("sb-inbox-list");
        list.setAriaLabel(getTranslation("conversations.title"));
        add(list, thread);
        live.followConversations(this, tenant, change -> true, this::fillList);
        live.followConversations(this, tenant, change -> change.conversation().equals(open), this::refreshThread);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        boolean named = event.getRouteParameters().get("conversation").isPresent();
        open = named ? new ConversationId(Addresses.id(event.getRouteParameters(), "conversation")) : null;
        setClassName("sb-inbox-open", named);
        fillList();
        fillThread();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("conversations.title") + " · Switchboard";
    }

    private void fillThread() {
        if (open == null) {
            thread.showNothing();
            return;
        }
        ConversationId id = open;
        TenantId tenant = session.tenantFor(Permission.READ_CONVERSATIONS);
        thread.show(tenant, conversations.find(tenant, id).orElseThrow(() -> new NotFoundException("no such one")));
    }

    /** Somebody may have erased the customer meanwhile. */
    private void refreshThread() {
        if (open != null
                && conversations
                        .find(session.tenantFor(Permission.READ_CONVERSATIONS), open)
                        .isEmpty()) {
            getUI().ifPresent(ui -> ui.navigate("conversations"));
            return;
        }
        fillThread();
    }

    private void fillList() {
        TenantId tenant = session.tenantFor(Permission.READ_CONVERSATIONS);
        List<ConversationSummary> all = Pages.first(shown + 1, page -> conversations.list(tenant, page));
        setClassName("sb-inbox-none", all.isEmpty());
        list.removeAll();
        list.add(new H1(getTranslation("conversations.title")));
        if (all.isEmpty()) {
            list.add(new EmptyState(
                    VaadinIcon.COMMENTS_O,
                    getTranslation("conversations.empty"),
                    getTranslation("conversations.empty.sentence"),
                    simulator()));
        }
        all.stream().limit(shown).forEach(conversation -> list.add(row(conversation)));
        if (all.size() > shown) {
            list.add(Buttons.quiet(getTranslation("more"), () -> {
                shown += STEP;
                fillList();
            }));
        }
    }

    private Component simulator() {
        Anchor link = new Anchor("simulator", getTranslation("conversations.simulator"));
        link.addClassName("sb-link-button");
        return link;
    }

    private Component row(ConversationSummary conversation) {
        Span contact = new Span(conversation.contact());
        contact.addClassName("sb-inbox-contact");
        Div top = new Div(contact, Moments.label(conversation.lastMessageAt(), clock.instant()));
        top.addClassName("sb-between");
        Span last =
                new Span(conversation.lastText() == null ? getTranslation("message.notext") : conversation.lastText());
        last.addClassName("sb-inbox-last");
        Span channel = new Span(conversation.channelName());
        channel.addClassName("sb-quiet");
        Div foot = new Div(channel);
        foot.addClassName("sb-between");
        if (conversation.takenBy() != null) {
            foot.add(new Badge(conversation.takenBy()));
        } else if (conversation.waiting()) {
            Badge waiting = new Badge(getTranslation("conversations.waiting"));
            waiting.addThemeVariants(BadgeVariant.WARNING);
            foot.add(waiting);
        }
        Anchor row = new Anchor(ConversationsNavigation.path(conversation.id()), top, last, foot);
        row.addClassName("sb-inbox-row");
        if (conversation.id().equals(open)) {
            row.getElement().setAttribute("aria-current", "page");
        }
        return row;
    }
}
