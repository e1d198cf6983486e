package io.switchboard.ui.searchindex;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.switchboard.audit.AuditService;
import io.switchboard.retrieval.IndexRebuild;
import io.switchboard.retrieval.ModelChange;
import io.switchboard.retrieval.ModelProgress;
import io.switchboard.retrieval.ModelProgress.TenantOnTheWay;
import io.switchboard.retrieval.RebuildProgress;
import io.switchboard.retrieval.StoreInUse;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.RolesAllowed;

/** Where vectors and words are searched, and the button that makes all of it anew. */
@Route("search-index")
@Menu(title = "nav.searchindex", icon = "vaadin:search", order = 24)
@RolesAllowed("OPERATOR")
class SearchIndexView extends Page {

    private static final int ASK_MILLIS = 1_000;

    private final IndexRebuild rebuild;
    private final ModelChange change;
    private final TenancyService tenancy;
    private final AuditService audit;
    private final Session session;
    private final Button start;
    private final Checkbox emptyFormer = new Checkbox(getTranslation("searchindex.empty.former"));
    private final Div state = new Div();
    private final Div models = new Div();
    private Registration asking = () -> {};

    SearchIndexView(
            IndexRebuild rebuild, ModelChange change, TenancyService tenancy, AuditService audit, Session session) {
        super("searchindex");
        this.rebuild = rebuild;
        this.change = change;
        this.tenancy = tenancy;
        this.audit = audit;
        this.session = session;
        session.requireOperator();
        start = Buttons.primary(getTranslation("searchindex.rebuild"), VaadinIcon.REFRESH, this::start);
        addActions(start);
        state.addClassName("sb-stack");
        models.addClassName("sb-stack");
        add(
                store(rebuild.store()),
                new Panel(getTranslation("searchindex.model"), models),
                new Panel(getTranslation("searchindex.run"), state));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        follow(event.getUI());
        asking = event.getUI().addPollListener(_ -> follow(event.getUI()));
    }

    private Panel store(StoreInUse store) {
        Span name = new Span(store.name());
        name.addClassName("sb-tile-number");
        Div content = new Div(name, new Paragraph(getTranslation("searchindex.reason", store.reason())));
        content.addClassName("sb-stack");
        if (!store.former().isEmpty()) {
            content.add(
                    new Paragraph(getTranslation("searchindex.former", String.join(", ", store.former()))),
                    emptyFormer);
        }
        return new Panel(getTranslation("searchindex.store"), content);
    }

    private void start() {
        session.requireOperator();
        if (!rebuild.start(session.actor(), audit.here(), emptyFormer.getValue())) {
            Notice.problem(getTranslation("searchindex.busy"));
        }
        follow(UI.getCurrent());
    }

    /** The page asks as long as something is under way, whoever began it. */
    private void follow(UI ui) {
        RebuildProgress progress = rebuild.progress();
        ModelProgress change = this.change.progress();
        show(progress);
        show(change);
        ui.setPollInterval(progress.running() || change.waiting() > 0 ? ASK_MILLIS : -1);
    }

    private void show(ModelProgress change) {
        Span model = new Span(change.model());
        model.addClassName("sb-tile-number");
        models.removeAll();
        models.add(model);
        if (change.waiting() == 0) {
            models.add(new Paragraph(getTranslation("searchindex.model.everywhere")));
            return;
        }
        ProgressBar bar = new ProgressBar(0, Math.max(1, change.texts()), change.embedded());
        bar.getElement().setAttribute("aria-label", getTranslation("searchindex.model"));
        models.add(
                bar,
                new Span(getTranslation(
                        "searchindex.model.waiting", change.waiting(), change.embedded(), change.texts())));
        for (TenantOnTheWay tenant : change.tenants()) {
            models.add(new Span(getTranslation(
                    "searchindex.model.tenant",
                    tenancy.find(tenant.tenant()).map(Tenant::name).orElse(""),
                    tenant.model(),
                    tenant.embedded(),
                    tenant.texts())));
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        asking.remove();
        event.getUI().setPollInterval(-1);
    }

    private void show(RebuildProgress progress) {
        start.setEnabled(!progress.running());
        state.removeAll();
        if (progress.of() == 0) {
            state.add(new Paragraph(getTranslation("searchindex.never")));
            return;
        }
        if (progress.running()) {
            ProgressBar bar = new ProgressBar(0, progress.of(), progress.done());
            bar.getElement().setAttribute("aria-label", getTranslation("searchindex.run"));
            state.add(
                    bar,
                    new Span(getTranslation("searchindex.running", progress.done(), progress.of(), progress.chunks())));
            return;
        }
        state.add(new Span(getTranslation("searchindex.done", progress.done() - progress.failed(), progress.chunks())));
        if (progress.failed() > 0) {
            Span failed = new Span(getTranslation("searchindex.failed", progress.failed()));
            failed.addClassName("sb-status-failed");
            state.add(failed);
        }
    }
}
