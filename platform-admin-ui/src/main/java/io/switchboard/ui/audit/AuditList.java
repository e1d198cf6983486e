package io.switchboard.ui.audit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.streams.DownloadEvent;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditFilter;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Pages;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries below their filters. What is typed goes into the address, and what is in the address is shown. */
class AuditList extends Div {

    private static final int STEP = 100;

    /** Where the entries come from; asks anew whether the person may see them. */
    interface Source {

        Slice<AuditEntry> list(AuditFilter filter, PageRequest page);

        void export(AuditFilter filter, Appendable out) throws IOException;
    }

    private final String path;
    private final Source source;
    private final TextField actor = new TextField();
    private final TextField action = new TextField();
    private final TextField object = new TextField();
    private final DatePicker from = new DatePicker();
    private final DatePicker until = new DatePicker();
    private final Button reset;
    private final Grid<AuditEntry> grid = Grids.list();
    private final Div nothing = new Div();
    private final Button more;

    private AuditQuery query = AuditQuery.of(QueryParameters.empty());
    private ZoneId zone = ZoneOffset.UTC;
    private int shown = STEP;

    AuditList(String path, Source source) {
        this.path = path;
        this.source = source;
        addClassName("sb-stack");
        reset = Buttons.quiet(getTranslation("audit.reset"), () -> go(AuditQuery.of(QueryParameters.empty())));
        more = Buttons.quiet(getTranslation("more"), this::showMore);
        add(filters(), entries(), nothing, more);
    }

    Component exportLink() {
        Anchor link = new Anchor(this::download, getTranslation("audit.export"));
        link.addClassName("sb-plain-button");
        link.addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        return link;
    }

    /** Runs outside the page's own thread, so it uses what the page has noted. */
    private void download(DownloadEvent event) throws IOException {
        event.setFileName(path + ".csv");
        event.setContentType("text/csv; charset=utf-8");
        event.getResponse().setHeader("Cache-Control", "no-store");
        event.getResponse().setHeader("X-Content-Type-Options", "nosniff");
        Writer writer = new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8);
        source.export(query.filter(zone), writer);
        writer.flush();
    }

    void show(QueryParameters parameters) {
        query = AuditQuery.of(parameters);
        zone = Moments.zone();
        actor.setValue(query.actor());
        action.setValue(query.action());
        object.setValue(query.object());
        from.setValue(query.from());
        until.setValue(query.until());
        reset.setVisible(!query.asksForAll());
        shown = STEP;
        fill();
    }

    private void showMore() {
        shown += STEP;
        fill();
    }

    private void fill() {
        AuditFilter filter = query.filter(zone);
        List<AuditEntry> all = Pages.first(shown + 1, page -> source.list(filter, page));
        grid.setItems(all.subList(0, Math.min(shown, all.size())));
        grid.setVisible(!all.isEmpty());
        more.setVisible(all.size() > shown);
        nothing.setVisible(all.isEmpty());
        nothing.removeAll();
        nothing.add(
                query.asksForAll()
                        ? new EmptyState(
                                VaadinIcon.CLIPBOARD_TEXT,
                                getTranslation("audit.empty"),
                                getTranslation("audit.empty.sentence"))
                        : new EmptyState(
                                VaadinIcon.SEARCH,
                                getTranslation("audit.nothing"),
                                getTranslation("audit.nothing.sentence")));
    }

    private Component filters() {
        List.of(actor, action, object).forEach(field -> {
            field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
            field.setClearButtonVisible(true);
            field.addValueChangeListener(change -> changed(change.isFromClient()));
        });
        List.of(from, until).forEach(field -> {
            field.setClearButtonVisible(true);
            field.addValueChangeListener(change -> changed(change.isFromClient()));
        });
        actor.setLabel(getTranslation("audit.actor"));
        action.setLabel(getTranslation("audit.action"));
        object.setLabel(getTranslation("audit.object"));
        from.setLabel(getTranslation("audit.from"));
        until.setLabel(getTranslation("audit.until"));
        Div bar = new Div(actor, action, object, from, until, reset);
        bar.addClassName("sb-filters");
        return bar;
    }

    private void changed(boolean byPerson) {
        if (byPerson) {
            go(new AuditQuery(
                    actor.getValue(), action.getValue(), object.getValue(), from.getValue(), until.getValue()));
        }
    }

    private void go(AuditQuery wanted) {
        getUI().ifPresent(ui -> ui.navigate(path, wanted.parameters()));
    }

    private Component entries() {
        grid.addComponentColumn(this::deed)
                .setHeader(getTranslation("audit.deed"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::origin)
                .setHeader(getTranslation("audit.origin"))
                .setFlexGrow(2);
        return grid;
    }

    private Component deed(AuditEntry entry) {
        Span who = new Span(entry.actor().name());
        who.addClassName("sb-inbox-contact");
        Span what = new Span(entry.action() + " " + entry.object());
        Div head = new Div(who, what);
        head.addClassName("sb-row");
        if (entry.actor().kind() != Actor.Kind.PERSON) {
            head.addComponentAtIndex(
                    1, new Badge(getTranslation("audit.kind." + entry.actor().kind())));
        }
        Div cell = new Div(head);
        cell.addClassName("sb-cell");
        if (entry.detail() != null) {
            Span detail = new Span(entry.detail());
            detail.addClassName("sb-text");
            cell.add(detail);
        }
        if (entry.objectId() != null) {
            Span id = new Span(entry.objectId().toString());
            id.addClassNames("sb-mono", "sb-quiet");
            cell.add(id);
        }
        return cell;
    }

    private Component origin(AuditEntry entry) {
        Span when = new Span(Moments.full(entry.at()));
        when.setTitle(entry.at().toString());
        Div cell = new Div(when);
        cell.addClassName("sb-cell");
        add(cell, entry.origin().address());
        add(cell, entry.origin().agent());
        return cell;
    }

    private static void add(Div cell, @Nullable String text) {
        if (text != null) {
            Span span = new Span(text);
            span.addClassNames("sb-quiet", "sb-text", "sb-two-lines");
            span.setTitle(text);
            cell.add(span);
        }
    }
}
