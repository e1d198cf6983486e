package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ChunkChange;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.ChunkService.Choice;
import io.switchboard.knowledge.ChunkService.Wish;
import io.switchboard.knowledge.ContentKeeping;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.knowledge.EditableChunk;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Original;
import io.switchboard.knowledge.OriginalService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A document as retrieval sees it: the passages it was split into, to be corrected, switched off and added to. */
@Route("documents/:document")
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class DocumentView extends Page implements BeforeEnterObserver {

    private static final int STEP = 50;
    private static final DocumentId NONE = new DocumentId(new UUID(0, 0));

    private final KnowledgeService knowledge;
    private final ChunkService chunks;
    private final ContentKeeping content;
    private final OriginalService originals;
    private final Session session;
    private final LiveUpdates live;
    private final MultiSelectComboBox<String> tags = new MultiSelectComboBox<>();
    private final Div passages = new Div();
    private final Map<ChunkId, PassageCard> cards = new HashMap<>();
    private final transient @Nullable Desk desk;

    private DocumentId id = NONE;
    private Set<String> knownTags = Set.of();
    private int shown = STEP;

    DocumentView(
            KnowledgeService knowledge,
            ChunkService chunks,
            ContentKeeping content,
            OriginalService originals,
            Session session,
            LiveUpdates live) {
        super("document");
        this.knowledge = knowledge;
        this.chunks = chunks;
        this.content = content;
        this.originals = originals;
        this.session = session;
        this.live = live;
        this.desk = session.may(Permission.EDIT_KNOWLEDGE) ? new Desk() : null;
        passages.addClassName("sb-stack");
        tags.setPlaceholder(getTranslation("document.tags.example"));
        tags.setLabel(getTranslation("document.tags"));
        tags.setAllowCustomValue(true);
        tags.setVisible(desk != null);
        tags.addCustomValueSetListener(typed -> {
            Set<String> more = new HashSet<>(tags.getValue());
            more.add(typed.getDetail());
            tag(more);
        });
        tags.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                tag(change.getValue());
            }
        });
        tags.addClassName("sb-narrow-form");
        add(tags, passages);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = new DocumentId(Addresses.id(event.getRouteParameters(), "document"));
        shown = STEP;
        TenantId tenant = session.tenant();
        Document document = fill();
        Anchor back = new Anchor(
                "knowledge/" + document.knowledgeBase(),
                VaadinIcon.ARROW_LEFT.create(),
                new Span(getTranslation("document.back")));
        back.addClassName("sb-plain-button");
        clearActions();
        addActions(back);
        if (document.kind() != DocumentKind.FAQ) {
            addActions(original(document));
        }
        live.followDocuments(this, tenant, change -> change.document().equals(id), this::fill);
    }

    private void tag(Set<String> chosen) {
        try {
            knowledge.tag(session.tenantFor(Permission.EDIT_KNOWLEDGE), id, chosen);
            Notice.done(getTranslation("document.tags.saved"));
        } catch (IllegalArgumentException e) {
            Notice.problem(String.valueOf(e.getMessage()));
        }
        fill();
    }

    private void showTags(Document document) {
        Set<String> known = new TreeSet<>(knowledge.tags(session.tenant(), document.knowledgeBase()));
        known.addAll(document.tags());
        if (!known.equals(knownTags)) {
            knownTags = known;
            tags.setItems(known);
        }
        tags.setValue(Set.copyOf(document.tags()));
    }

    private Component original(Document document) {
        Anchor download =
                new Anchor(DownloadHandler.fromInputStream(event -> download(document)), AttachmentType.DOWNLOAD, "");
        download.add(VaadinIcon.DOWNLOAD_ALT.create(), new Span(getTranslation("document.original")));
        download.addClassName("sb-plain-button");
        return download;
    }

    /** Always as a file to be kept: what a stranger's document does when it is opened is no business of this page. */
    private DownloadResponse download(Document document) {
        try {
            return content.open(session.tenantFor(Permission.READ_KNOWLEDGE), document.id())
                    .map(bytes -> new DownloadResponse(bytes, document.name(), document.mediaType(), -1))
                    .orElseGet(() -> DownloadResponse.error(404));
        } catch (IOException _) {
            return DownloadResponse.error(404);
        }
    }

    private Document fill() {
        Document document = knowledge
                .findDocument(session.tenant(), id)
                .orElseThrow(() -> new NotFoundException("no such document"));
        setHeading(document.name(), getTranslation("document.lead", document.chunks()));
        showTags(document);
        List<EditableChunk> found = Pages.first(shown + 1, page -> chunks.list(session.tenant(), id, page));
        passages.removeAll();
        long conflicts = chunks.conflicts(session.tenant(), id);
        if (conflicts > 0) {
            passages.add(Dialogs.warning(getTranslation("document.conflicts", conflicts)));
        }
        if (found.isEmpty()) {
            String sentence = document.reason() == null ? getTranslation("document.empty.sentence") : document.reason();
            passages.add(new EmptyState(VaadinIcon.FILE_TEXT_O, getTranslation("document.empty"), sentence));
        } else if (document.reason() != null) {
            passages.add(Dialogs.warning(document.reason()));
        }
        found.stream().limit(shown).forEach(passage -> passages.add(card(passage)));
        if (found.size() > shown) {
            passages.add(new Div(Buttons.quiet(getTranslation("more"), () -> {
                shown += STEP;
                fill();
            })));
        }
        return document;
    }

    /** The card that is there already, if it shows this, so that a click that is on its way finds its button. */
    private PassageCard card(EditableChunk passage) {
        return cards.compute(
                passage.chunk().id(),
                (_, card) ->
                        card != null && card.shows(passage) ? card : new PassageCard(passage, desk, this::original));
    }

    /** A page of a long PDF takes seconds to be found, so nobody waits for it. */
    private void original(ChunkId chunk, Consumer<Original> found) {
        TenantId tenant = session.tenantFor(Permission.READ_KNOWLEDGE);
        DocumentId document = id;
        UI ui = UI.getCurrent();
        Thread.ofVirtual()
                .name("original")
                .start(() -> originals.show(tenant, document, chunk).ifPresent(original -> {
                    // a failed update goes to the session's error handler
                    var _ = ui.access(() -> found.accept(original));
                }));
    }

    /** What the buttons of a passage do. */
    private final class Desk implements PassageCard.Desk {

        @Override
        public void edit(EditableChunk passage) {
            new PassageDialog(
                            getTranslation("passage.edit.title"),
                            passage.chunk().text(),
                            passage.byHand() && passage.original() == null
                                    ? null
                                    : passage.edited()
                                            ? passage.original()
                                            : passage.chunk().text(),
                            text -> change(passage, Wish.text(text)))
                    .open();
        }

        @Override
        public void addAfter(EditableChunk passage) {
            ChunkId after = passage.chunk().id();
            new PassageDialog(
                            getTranslation("passage.add.title"),
                            "",
                            null,
                            text -> done(chunks.add(session.tenantFor(Permission.EDIT_KNOWLEDGE), id, after, text)))
                    .open();
        }

        @Override
        public void undo(EditableChunk passage) {
            tell(done(chunks.undo(
                    session.tenantFor(Permission.EDIT_KNOWLEDGE),
                    id,
                    passage.chunk().id(),
                    passage.revision())));
        }

        @Override
        public void enable(EditableChunk passage, boolean enabled) {
            tell(change(passage, Wish.enabled(enabled)));
        }

        @Override
        public void choose(EditableChunk passage, Choice choice) {
            tell(change(passage, Wish.choice(choice)));
        }

        @Override
        public void remove(EditableChunk passage) {
            Dialogs.confirm(
                    getTranslation("passage.delete.title"),
                    getTranslation("passage.delete.sentence"),
                    getTranslation("passage.delete"),
                    () -> tell(done(chunks.remove(
                            session.tenantFor(Permission.EDIT_KNOWLEDGE),
                            id,
                            passage.chunk().id(),
                            passage.revision()))));
        }

        private String change(EditableChunk passage, Wish wish) {
            return done(chunks.change(
                    session.tenantFor(Permission.EDIT_KNOWLEDGE),
                    id,
                    passage.chunk().id(),
                    passage.revision(),
                    wish));
        }

        /** What went wrong, or nothing at all. */
        private String done(ChunkChange change) {
            String problem = switch (change) {
                case ChunkChange.Saved _, ChunkChange.Removed _ -> "";
                case ChunkChange.Unknown() -> getTranslation("passage.gone");
                case ChunkChange.Stale _ -> getTranslation("passage.stale");
                case ChunkChange.Refused(String reason) -> reason;
            };
            if (problem.isEmpty()) {
                Notice.done(getTranslation("passage.saved"));
            }
            fill();
            return problem;
        }

        private static void tell(@Nullable String problem) {
            if (problem != null && !problem.isEmpty()) {
                Notice.problem(problem);
            }
        }
    }
}
