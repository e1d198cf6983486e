package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Card;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The knowledge bases of the tenant. */
@Route("knowledge")
@Menu(title = "nav.knowledge", icon = "vaadin:book", order = 2)
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class KnowledgeView extends Page {

    private static final int SHOWN = 500;

    private final KnowledgeService knowledge;
    private final Session session;
    private final TenantId tenant;
    private final Div list = new Div();

    KnowledgeView(KnowledgeService knowledge, Session session, LiveUpdates live) {
        super("knowledge");
        this.knowledge = knowledge;
        this.session = session;
        this.tenant = session.tenant();
        if (session.may(Permission.EDIT_KNOWLEDGE)) {
            addActions(createButton());
        }
        list.addClassName("sb-cards");
        add(list);
        live.followDocuments(this, tenant, change -> true, this::fill);
        fill();
    }

    private void fill() {
        List<KnowledgeBase> bases = Pages.first(SHOWN, page -> knowledge.knowledgeBases(session.tenant(), page));
        list.removeAll();
        if (bases.isEmpty()) {
            list.add(session.may(Permission.EDIT_KNOWLEDGE) ? empty(createButton()) : empty());
        }
        bases.forEach(base -> list.add(card(base)));
    }

    private Component empty(Component... actions) {
        return new EmptyState(
                VaadinIcon.BOOK,
                getTranslation("knowledge.empty"),
                getTranslation("knowledge.empty.sentence"),
                actions);
    }

    private Component createButton() {
        return Buttons.primary(getTranslation("knowledge.create"), VaadinIcon.PLUS, this::create);
    }

    private void create() {
        new NewKnowledgeBaseDialog((name, language) -> {
                    KnowledgeBase base =
                            knowledge.createKnowledgeBase(session.tenantFor(Permission.EDIT_KNOWLEDGE), name, language);
                    UI.getCurrent().navigate("knowledge/" + base.id());
                })
                .open();
    }

    private Component card(KnowledgeBase base) {
        return new Card(
                "knowledge/" + base.id(),
                VaadinIcon.BOOK,
                base.name(),
                new Span(getTranslation("knowledge.documents", base.documents())),
                new Span(Languages.name(base.language())));
    }
}
