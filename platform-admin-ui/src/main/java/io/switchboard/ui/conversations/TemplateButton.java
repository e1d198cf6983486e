package io.switchboard.ui.conversations;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.TemplateMessage;
import io.switchboard.conversations.TemplateMessageService;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leads to what may be sent to a customer to whom nothing may be written; there only where that is so. */
class TemplateButton extends Div {

    private static final int SHOWN = 1000;

    private final TemplateService templates;
    private final TemplateMessageService messages;
    private final Session session;

    private @Nullable Runnable action;

    TemplateButton(TemplateService templates, TemplateMessageService messages, Session session) {
        this.templates = templates;
        this.messages = messages;
        this.session = session;
        add(Buttons.plain(getTranslation("conversations.template"), VaadinIcon.ENVELOPE_O, this::press));
        setVisible(false);
    }

    /** @param sent after a template is on its way */
    void show(ConversationSummary conversation, Runnable sent) {
        boolean closed = conversation.window() != null && !conversation.window().open();
        boolean wanted = closed
                && !conversation.optedOut()
                && session.may(Permission.ANSWER_CONVERSATIONS)
                && templates.state(session.tenant(), conversation.channel()).offered();
        setVisible(wanted);
        action = wanted ? () -> open(conversation, sent) : null;
    }

    private void press() {
        if (action != null) {
            action.run();
        }
    }

    private void open(ConversationSummary conversation, Runnable sent) {
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        List<MessageTemplate> usable =
                Pages.first(SHOWN, page -> templates.list(tenant, conversation.channel(), page)).stream()
                        .filter(template ->
                                template.status() == MessageTemplate.Status.APPROVED && template.obstacle() == null)
                        .toList();
        UUID request = UUID.randomUUID();
        new TemplateDialog(
                        conversation.contact(),
                        usable,
                        (template, values) -> send(conversation, template, values, request, sent))
                .open();
    }

    private TemplateMessage send(
            ConversationSummary conversation,
            MessageTemplate template,
            List<String> values,
            UUID request,
            Runnable sent) {
        TemplateMessage outcome = messages.send(
                session.tenantFor(Permission.ANSWER_CONVERSATIONS),
                conversation.id(),
                template.name(),
                template.language(),
                values,
                request,
                session.actor());
        if (outcome instanceof TemplateMessage.Underway) {
            Notice.done(getTranslation("testmessage.sent"));
            sent.run();
        }
        return outcome;
    }
}
