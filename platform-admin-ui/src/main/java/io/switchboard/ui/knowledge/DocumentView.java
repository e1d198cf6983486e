package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Chunk;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** A document as retrieval sees it: the passages it was split into. */
@Route("documents/:document")
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class DocumentView extends Page implements BeforeEnterObserver {

    private static final int STEP = 50;

    private final KnowledgeService knowledge;
    private final Session session;
    private final LiveUpdates live;
    private final Div chunks = new Div();

    DocumentView(KnowledgeService knowledge, Session session, LiveUpdates live) {
        super("document");
        this.knowledge = knowledge;
        this.session = session;
        this.live = live;
        chunks.addClassName("sb-stack");
        add(chunks);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        DocumentId id = new DocumentId(Addresses.id(event.getRouteParameters(), "document"));
        TenantId tenant = session.tenant();
        Document document = fill(id);
        Anchor back = new Anchor(
                "knowledge/" + document.knowledgeBase(),
                VaadinIcon.ARROW_LEFT.create(),
                new Span(getTranslation("document.back")));
        back.addClassName("sb-plain-button");
        clearActions();
        addActions(back);
        live.followDocuments(this, tenant, change -> change.document().equals(id), () -> fill(id));
    }

    private Document fill(DocumentId id) {
        Document document = knowledge
                .findDocument(session.tenant(), id)
                .orElseThrow(() -> new NotFoundException("no such document"));
        setHeading(document.name(), getTranslation("document.lead", document.chunks()));
        chunks.removeAll();
        if (document.chunks() == 0) {
            String sentence = document.reason() == null ? getTranslation("document.empty.sentence") : document.reason();
            chunks.add(new EmptyState(VaadinIcon.FILE_TEXT_O, getTranslation("document.empty"), sentence));
        }
        show(id, null);
        return document;
    }

    private void show(DocumentId id, @Nullable String after) {
        Slice<Chunk> slice = knowledge.chunks(session.tenant(), id, new PageRequest(STEP, after));
        slice.items().forEach(chunk -> chunks.add(card(chunk)));
        if (slice.next() != null) {
            Div slot = new Div();
            slot.add(Buttons.quiet(getTranslation("more"), () -> {
                chunks.remove(slot);
                show(id, slice.next());
            }));
            chunks.add(slot);
        }
    }

    private Component card(Chunk chunk) {
        Span path = new Span(String.join(" › ", chunk.headingPath()));
        Span facts = new Span(getTranslation("document.chunk", chunk.ordinal() + 1, chunk.tokens()));
        Div top = new Div(path, facts);
        top.addClassNames("sb-quiet", "sb-between");
        Paragraph text = new Paragraph(chunk.text());
        text.addClassName("sb-text");
        Article card = new Article(top, text);
        card.addClassName("sb-passage");
        return card;
    }
}
