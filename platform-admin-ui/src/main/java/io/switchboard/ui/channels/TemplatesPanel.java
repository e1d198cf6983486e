package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.audit.Actor;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateService;
import io.switchboard.channels.TemplateState;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Labels;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import java.util.List;

/** The message templates of a channel with their states, and the button that fetches them. */
class TemplatesPanel extends Div {

    private static final int STEP = 20;

    private final TemplateService templates;
    private final Session session;
    private final ChannelId channel;
    private final Div rows = new Div();
    private final Button sync;

    private int shown = STEP;

    TemplatesPanel(TemplateService templates, Session session, ChannelId channel) {
        this.templates = templates;
        this.session = session;
        this.channel = channel;
        this.sync = Buttons.plain(getTranslation("templates.sync"), VaadinIcon.REFRESH, this::sync);
        rows.addClassName("sb-facts-list");
        rows.getElement().setAttribute("aria-live", "polite");
        addClassName("sb-form");
        add(rows);
        if (session.may(Permission.EDIT_CHANNELS)) {
            Div row = new Div(sync);
            row.addClassName("sb-row");
            add(row);
        }
        fill(session.tenant());
    }

    /** The provider is asked page by page, so the page does not wait for it. */
    private void sync() {
        TenantId tenant = session.tenantFor(Permission.EDIT_CHANNELS);
        Actor person = session.actor();
        UI ui = UI.getCurrent();
        sync.setEnabled(false);
        sync.setText(getTranslation("templates.syncing"));
        Thread.ofVirtual().name("template-sync").start(() -> {
            try {
                templates.sync(tenant, channel, person);
            } finally {
                // a failed update goes to the session's error handler
                var _ = ui.access(() -> {
                    sync.setEnabled(true);
                    sync.setText(getTranslation("templates.sync"));
                    fill(tenant);
                });
            }
        });
    }

    private void fill(TenantId tenant) {
        rows.removeAll();
        TemplateState state = templates.state(tenant, channel);
        if (state.problem() != null) {
            Paragraph problem = new Paragraph(state.problem());
            problem.addClassName("sb-warning");
            rows.add(problem);
        }
        List<MessageTemplate> all = Pages.first(shown + 1, page -> templates.list(tenant, channel, page));
        all.stream().limit(shown).forEach(template -> rows.add(row(template)));
        if (all.size() > shown) {
            rows.add(Buttons.quiet(getTranslation("more"), () -> {
                shown += STEP;
                fill(session.tenant());
            }));
        }
        Span note = new Span(note(state, all.isEmpty()));
        note.addClassName("sb-quiet");
        rows.add(note);
    }

    private String note(TemplateState state, boolean none) {
        if (state.syncedAt() == null) {
            return getTranslation("templates.never");
        }
        return getTranslation(none ? "templates.none" : "templates.at", Moments.full(state.syncedAt()));
    }

    private Component row(MessageTemplate template) {
        Span name = new Span(template.name());
        Span kind = new Span(template.language() + " · " + template.category());
        kind.addClassName("sb-quiet");
        Div label = new Div(name, kind);
        label.addClassName("sb-finding");
        Badge badge = new Badge(getTranslation("templates.status." + template.status()));
        switch (template.status()) {
            case APPROVED -> badge.addThemeVariants(BadgeVariant.SUCCESS);
            case UNSUBMITTED, PENDING -> {}
            case PAUSED -> badge.addThemeVariants(BadgeVariant.WARNING);
            case REJECTED, DISABLED -> badge.addThemeVariants(BadgeVariant.ERROR);
        }
        Paragraph text = new Paragraph(template.text(List.of()));
        text.addClassName("sb-text");
        Div words = new Div(badge, text);
        if (!template.buttons().isEmpty()) {
            words.add(new Labels(template.buttons().stream()
                    .map(MessageTemplate.Button::text)
                    .toList()));
        }
        if (template.obstacle() != null) {
            Paragraph obstacle = new Paragraph(getTranslation("templates.obstacle", template.obstacle()));
            obstacle.addClassName("sb-remedy");
            words.add(obstacle);
        }
        words.addClassName("sb-finding");
        Div row = new Div(label, words);
        row.addClassName("sb-fact");
        return row;
    }
}
