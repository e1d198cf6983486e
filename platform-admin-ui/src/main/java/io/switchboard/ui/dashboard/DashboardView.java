package io.switchboard.ui.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.conversations.ConversationsNavigation;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;

/** The first page: real counts, the plan, the last conversations, and for a new tenant what to do first. */
@Route("")
@Menu(title = "nav.dashboard", icon = "vaadin:dashboard", order = 1)
@PermitAll
@Requires(Permission.READ_USAGE)
class DashboardView extends Page {

    private final Figures figures;
    private final Session session;
    private final Clock clock;
    private final Div content = new Div();

    DashboardView(Figures figures, Session session, LiveUpdates live, Clock clock) {
        super("dashboard");
        this.figures = figures;
        this.session = session;
        this.clock = clock;
        TenantId tenant = session.tenant();
        session.membership()
                .ifPresent(membership -> setHeading(membership.tenant().name(), getTranslation("dashboard.lead")));
        content.addClassName("sb-stack");
        add(content);
        live.followConversations(this, tenant, change -> true, this::fill);
        live.followDocuments(this, tenant, change -> true, this::fill);
        fill();
    }

    private void fill() {
        Figures.Snapshot now = figures.of(session.tenant(), Moments.zone());
        content.removeAll();
        if (!now.steps().done()) {
            content.add(new FirstSteps(now.steps()));
        }
        Div tiles = new Div(
                tile(
                        "dashboard.today",
                        now.today().received(),
                        "dashboard.today.note",
                        now.today().replied()),
                tile(
                        "dashboard.waiting",
                        now.today().waiting(),
                        "dashboard.waiting.note",
                        now.today().failed()),
                tile("dashboard.documents", now.documents(), "dashboard.documents.note", now.knowledgeBases()),
                tile(
                        "dashboard.conversations",
                        now.ever().conversations(),
                        "dashboard.conversations.note",
                        now.ever().received()));
        tiles.addClassName("sb-tiles");
        Div columns = new Div(
                new Panel(getTranslation("dashboard.plan"), new PlanMeter(now.quota())),
                new Panel(getTranslation("dashboard.daily"), new DailyBars(now.daily(), now.day())));
        columns.addClassName("sb-columns");
        content.add(tiles, columns);
        if (session.may(Permission.READ_CONVERSATIONS)) {
            content.add(recent());
        }
    }

    private Component tile(String key, long number, String noteKey, long noteNumber) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Span value = new Span(String.valueOf(number));
        value.addClassNames("sb-tile-number", "sb-number");
        Span note = new Span(getTranslation(noteKey, noteNumber));
        note.addClassName("sb-quiet");
        Div tile = new Div(name, value, note);
        tile.addClassName("sb-tile");
        return tile;
    }

    private Component recent() {
        List<ConversationSummary> recent = figures.recent(session.tenantFor(Permission.READ_CONVERSATIONS));
        Div rows = new Div();
        rows.addClassName("sb-recent");
        recent.forEach(conversation -> rows.add(row(conversation)));
        if (recent.isEmpty()) {
            Paragraph none = new Paragraph(getTranslation("conversations.empty.sentence"));
            none.addClassName("sb-quiet");
            rows.add(none);
        }
        return new Panel(getTranslation("dashboard.recent"), rows)
                .withAction(ConversationsNavigation.list(getTranslation("dashboard.recent.all")));
    }

    private Component row(ConversationSummary conversation) {
        Span contact = new Span(conversation.contact());
        contact.addClassName("sb-inbox-contact");
        Span text =
                new Span(conversation.lastText() == null ? getTranslation("message.notext") : conversation.lastText());
        text.addClassName("sb-inbox-last");
        Anchor row = new Anchor(
                ConversationsNavigation.path(conversation.id()),
                contact,
                text,
                Moments.label(conversation.lastMessageAt(), clock.instant()));
        row.addClassName("sb-recent-row");
        return row;
    }
}
