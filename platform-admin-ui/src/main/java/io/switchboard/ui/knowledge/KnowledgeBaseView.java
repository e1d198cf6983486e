package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadFormat;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadEvent;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.DocumentSteering;
import io.switchboard.knowledge.FaqImport;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.sites.SiteService;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.parts.Sizes;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** One knowledge base: its documents as they are, and ways to add more. */
@Route("knowledge/:base")
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class KnowledgeBaseView extends Page implements BeforeEnterObserver {

    private static final int STEP = 100;
    private static final KnowledgeBaseId NONE = new KnowledgeBaseId(new UUID(0, 0));

    private final KnowledgeService knowledge;
    private final FaqImport faqs;
    private final SiteService sites;
    private final Session session;
    private final LiveUpdates live;
    private final DocumentGrid grid;
    private final Div content = new Div();
    private final Button more;
    private final Checkbox expired = new Checkbox();
    private final boolean editor;

    private KnowledgeBaseId base = NONE;
    private int shown = STEP;

    KnowledgeBaseView(
            KnowledgeService knowledge,
            FaqImport faqs,
            SiteService sites,
            Session session,
            LiveUpdates live,
            Clock clock) {
        super("knowledgebase");
        this.knowledge = knowledge;
        this.faqs = faqs;
        this.sites = sites;
        this.session = session;
        this.live = live;
        this.editor = session.may(Permission.EDIT_KNOWLEDGE);
        this.grid =
                new DocumentGrid(clock, editor, this::fetchAgain, this::steer, this::askValidity, this::confirmDelete);
        this.more = Buttons.quiet(getTranslation("more"), () -> {
            shown += STEP;
            fill();
        });
        content.addClassName("sb-stack");
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        base = new KnowledgeBaseId(Addresses.id(event.getRouteParameters(), "base"));
        TenantId tenant = session.tenant();
        KnowledgeBase found =
                knowledge.findKnowledgeBase(tenant, base).orElseThrow(() -> new NotFoundException("no such base"));
        setHeading(found.name(), getTranslation("knowledgebase.lead"));
        Anchor search = new Anchor(
                "knowledge/" + base + "/search", VaadinIcon.SEARCH.create(), new Span(getTranslation("search.open")));
        search.addClassName("sb-plain-button");
        clearActions();
        addActions(search);
        SitePanel panel = new SitePanel(sites, session, live, base);
        if (editor) {
            addActions(Buttons.plain(getTranslation("site.add"), VaadinIcon.SITEMAP, panel::addSite));
            addActions(Buttons.plain(getTranslation("page.add"), VaadinIcon.GLOBE, this::addPage));
            addActions(Buttons.plain(getTranslation("faqtable.add"), VaadinIcon.TABLE, this::addFaqTable));
            addActions(Buttons.plain(getTranslation("faq.add"), VaadinIcon.QUESTION_CIRCLE_O, this::addFaq));
            content.add(upload());
        }
        expired.setLabel(getTranslation("validity.filter"));
        expired.addValueChangeListener(chosen -> fill());
        content.add(panel, expired, grid, more);
        live.followDocuments(this, tenant, change -> change.knowledgeBase().equals(base), this::fill);
        fill();
    }

    private void fill() {
        List<Document> documents = Pages.first(
                shown + 1,
                page -> expired.getValue()
                        ? knowledge.expiredDocuments(session.tenant(), base, page)
                        : knowledge.documents(session.tenant(), base, page));
        more.setVisible(documents.size() > shown);
        grid.show(documents.subList(0, Math.min(shown, documents.size())));
    }

    private Component upload() {
        Upload upload = new Upload(this::receive);
        upload.setUploadFormat(UploadFormat.RAW);
        upload.setUploadButton(Buttons.plain(getTranslation("upload.choose"), VaadinIcon.UPLOAD_ALT, () -> {}));
        upload.setDropLabel(new Span(getTranslation("upload.drop")));
        upload.addClassName("sb-upload");
        upload.getElement().setAttribute("aria-label", getTranslation("upload.label"));
        Span help = new Span(getTranslation("upload.help"));
        help.addClassName("sb-quiet");
        Div area = new Div(upload, help);
        area.addClassName("sb-upload-area");
        return area;
    }

    /** Runs in the thread of the upload's request, without the page's lock. */
    private void receive(UploadEvent event) throws IOException {
        DocumentAddition addition = knowledge.addFile(
                session.tenantFor(Permission.EDIT_KNOWLEDGE),
                base,
                event.getFileName(),
                event.getContentType() == null ? "application/octet-stream" : event.getContentType(),
                event.getInputStream());
        String problem = problem(addition);
        if (!problem.isEmpty()) {
            event.reject(problem);
        }
    }

    private void addPage() {
        new PageDialog(this::fetch).open();
    }

    private void fetchAgain(Document page) {
        if (WebAddress.parse(page.name()) instanceof WebAddress.Parsing.Good(var address)) {
            fetch(address);
        }
    }

    private void fetch(WebAddress page) {
        String problem = problem(knowledge.addPage(session.tenantFor(Permission.EDIT_KNOWLEDGE), base, page));
        if (problem.isEmpty()) {
            Notice.done(getTranslation("page.queued"));
            fill();
        } else {
            Notice.problem(problem);
        }
    }

    private void addFaqTable() {
        new FaqTableDialog(table -> faqs.importTable(session.tenantFor(Permission.EDIT_KNOWLEDGE), base, table)).open();
    }

    private void addFaq() {
        new FaqDialog((question, answer) -> {
                    String problem = problem(
                            knowledge.addFaq(session.tenantFor(Permission.EDIT_KNOWLEDGE), base, question, answer));
                    if (problem.isEmpty()) {
                        fill();
                    } else {
                        Notice.problem(problem);
                    }
                })
                .open();
    }

    private String problem(DocumentAddition addition) {
        return switch (addition) {
            case DocumentAddition.Added _ -> "";
            case DocumentAddition.UnknownKnowledgeBase() -> getTranslation("upload.gone");
            case DocumentAddition.TooLarge(long limit) -> getTranslation("upload.toolarge", Sizes.of(limit));
            case DocumentAddition.PlanFull(long limit) -> getTranslation("upload.full", limit);
            case DocumentAddition.StorageFull(long limit) -> getTranslation("upload.storage", Sizes.of(limit));
        };
    }

    private void askValidity(Document document) {
        new ValidityDialog(new Validity(document.owner(), document.validUntil()), (owner, until) -> {
                    knowledge.changeValidity(session.tenantFor(Permission.EDIT_KNOWLEDGE), document.id(), owner, until);
                    fill();
                })
                .open();
    }

    /** Stops a document that is under way, and begins one again that failed. */
    private void steer(Document document) {
        TenantId tenant = session.tenantFor(Permission.EDIT_KNOWLEDGE);
        boolean failed = document.status() == DocumentStatus.FAILED;
        DocumentSteering outcome = failed
                ? knowledge.retryDocument(tenant, document.id())
                : knowledge.cancelDocument(tenant, document.id());
        switch (outcome) {
            case DocumentSteering.Done _ ->
                Notice.done(getTranslation(failed ? "document.retried" : "document.cancelled"));
            case DocumentSteering.NotNow _, DocumentSteering.Unknown _ ->
                Notice.problem(getTranslation("document.moved"));
        }
        fill();
    }

    private void confirmDelete(Document document) {
        Dialogs.confirm(
                getTranslation("document.delete.title", document.name()),
                getTranslation("document.delete.sentence"),
                getTranslation("document.delete"),
                () -> {
                    knowledge.deleteDocument(session.tenantFor(Permission.EDIT_KNOWLEDGE), document.id());
                    Notice.done(getTranslation("document.deleted"));
                    fill();
                });
    }
}
