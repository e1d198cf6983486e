package io.switchboard.ui.isolation;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.audit.Origin;
import io.switchboard.isolation.IsolationCheck;
import io.switchboard.isolation.IsolationRun;
import io.switchboard.isolation.IsolationService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;

/** The button that tries to get at one tenant's data as another, on the running installation, and what it found so far. */
@Route("isolation")
@Menu(title = "nav.isolation", icon = "vaadin:shield", order = 22)
@RolesAllowed("OPERATOR")
class IsolationView extends Page {

    private static final int SHOWN = 20;

    /** The page asks, too, while it waits: a connection that broke meanwhile brings no news by itself. */
    private static final int ASK_MILLIS = 2_000;

    private final IsolationService isolation;
    private final AuditService audit;
    private final Session session;
    private final Button run;
    private final Div running = new Div();
    private final Div last = new Div();
    private final Div earlier = new Div();

    IsolationView(IsolationService isolation, AuditService audit, Session session) {
        super("isolation");
        this.isolation = isolation;
        this.audit = audit;
        this.session = session;
        run = Buttons.primary(getTranslation("isolation.run"), VaadinIcon.PLAY, this::run);
        addActions(run);
        ProgressBar bar = new ProgressBar();
        bar.setIndeterminate(true);
        bar.getElement().setAttribute("aria-label", getTranslation("isolation.running"));
        running.add(new Span(getTranslation("isolation.running")), bar);
        running.addClassName("sb-stack");
        running.setVisible(false);
        add(running, last, earlier, new Panel(getTranslation("isolation.how"), how()));
        fill();
    }

    private Component how() {
        UnorderedList list = new UnorderedList();
        list.addClassName("sb-steps");
        for (String line : List.of("tenants", "endpoints", "tables", "rows", "after")) {
            list.add(new ListItem(getTranslation("isolation.how." + line)));
        }
        return list;
    }

    private void fill() {
        session.requireOperator();
        List<IsolationCheck> checks = isolation.list(PageRequest.first(SHOWN)).items();
        last.removeAll();
        earlier.removeAll();
        if (checks.isEmpty()) {
            last.add(new Panel(
                    getTranslation("isolation.last"),
                    new EmptyState(
                            VaadinIcon.SHIELD,
                            getTranslation("isolation.empty"),
                            getTranslation("isolation.empty.sentence"))));
            return;
        }
        last.add(result(checks.getFirst()));
        if (checks.size() > 1) {
            Div rows = new Div();
            rows.addClassName("sb-recent");
            checks.stream().skip(1).map(this::row).forEach(rows::add);
            earlier.add(new Panel(getTranslation("isolation.earlier"), rows));
        }
    }

    private Component result(IsolationCheck check) {
        Paragraph verdict = new Paragraph(
                check.passed()
                        ? getTranslation("isolation.passed.sentence")
                        : getTranslation("isolation.failed.sentence"));
        Div tiles = new Div(
                tile("isolation.endpoints", check.endpoints()),
                tile("isolation.tables", check.tables()),
                tile("isolation.attempts", check.attempts()),
                tile("isolation.leaks", check.leaks().size()));
        tiles.addClassName("sb-tiles");
        Div content = new Div(verdict, tiles);
        content.addClassName("sb-stack");
        if (!check.passed()) {
            UnorderedList leaks = new UnorderedList();
            leaks.addClassNames("sb-steps", "sb-text", "sb-status-failed");
            check.leaks().forEach(leak -> leaks.add(new ListItem(leak)));
            content.add(leaks);
        }
        Span facts = new Span(facts(check));
        facts.addClassName("sb-quiet");
        content.add(facts);
        return new Panel(getTranslation("isolation.last"), content).withAction(badge(check));
    }

    private Component row(IsolationCheck check) {
        Span facts = new Span(getTranslation("isolation.row", check.endpoints(), check.attempts()));
        facts.addClassName("sb-inbox-last");
        Div row = new Div(new Span(Moments.full(check.at())), facts, badge(check));
        row.addClassName("sb-recent-row");
        return row;
    }

    private String facts(IsolationCheck check) {
        return getTranslation(
                "isolation.facts",
                Moments.full(check.at()),
                check.actor(),
                String.format(Locale.ENGLISH, "%.1f", check.duration().toMillis() / 1000.0));
    }

    private Badge badge(IsolationCheck check) {
        Badge badge = new Badge(
                check.passed()
                        ? getTranslation("isolation.passed")
                        : getTranslation("isolation.failed", check.leaks().size()));
        badge.addThemeVariants(check.passed() ? BadgeVariant.SUCCESS : BadgeVariant.ERROR);
        return badge;
    }

    private Component tile(String key, long number) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Span value = new Span(String.valueOf(number));
        value.addClassNames("sb-tile-number", "sb-number");
        Div tile = new Div(name, value);
        tile.addClassName("sb-tile");
        return tile;
    }

    /** The page does not wait for the check; whoever asked for it is noted before the thread changes. */
    private void run() {
        session.requireOperator();
        Actor actor = session.actor();
        Origin origin = audit.here();
        UI ui = UI.getCurrent();
        run.setEnabled(false);
        running.setVisible(true);
        ui.setPollInterval(ASK_MILLIS);
        Thread.ofVirtual().name("isolation-check").start(() -> {
            boolean started = false;
            try {
                started = isolation.run(actor, origin) instanceof IsolationRun.Finished;
            } finally {
                boolean finished = started;
                var _ = ui.access(() -> finished(ui, finished)); // a failed update goes to the session's error handler
            }
        });
    }

    private void finished(UI ui, boolean started) {
        ui.setPollInterval(-1);
        run.setEnabled(true);
        running.setVisible(false);
        if (!started) {
            Notice.problem(getTranslation("isolation.notrun"));
        }
        fill();
    }
}
