package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.data.provider.ListDataProvider;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Sizes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Documents with what became of them; rows change in place, so that a live list does not jump. */
class DocumentGrid extends Grid<Document> {

    private static final int NARROW_PIXELS = 700;

    private final List<Document> rows = new ArrayList<>();
    private final ListDataProvider<Document> provider = new ListDataProvider<>(rows) {
        @Override
        public Object getId(Document document) {
            return document.id();
        }
    };
    private final List<Column<Document>> wide = new ArrayList<>();
    private final Clock clock;

    DocumentGrid(
            Clock clock,
            boolean editor,
            Consumer<Document> fetch,
            Consumer<Document> steer,
            Consumer<Document> validity,
            Consumer<Document> delete) {
        this.clock = clock;
        Grids.dress(this);
        addComponentColumn(this::name)
                .setHeader(getTranslation("document.name"))
                .setFlexGrow(3);
        addComponentColumn(this::status)
                .setHeader(getTranslation("document.status"))
                .setFlexGrow(2);
        wide.add(addColumn(Document::chunks)
                .setHeader(getTranslation("document.chunks"))
                .setAutoWidth(true)
                .setFlexGrow(0));
        wide.add(addComponentColumn(document -> Moments.label(document.createdAt(), clock.instant()))
                .setHeader(getTranslation("document.added"))
                .setAutoWidth(true)
                .setFlexGrow(0));
        if (editor) {
            addComponentColumn(document -> actions(document, fetch, steer, validity, delete))
                    .setHeader("")
                    .setWidth("11rem")
                    .setFlexGrow(0);
        }
        setEmptyStateComponent(new EmptyState(
                VaadinIcon.FILE_TEXT_O, getTranslation("documents.empty"), getTranslation("documents.empty.sentence")));
        setDataProvider(provider);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        super.onAttach(attached);
        int width = attached.getUI().getPage().getExtendedClientDetails().getWindowInnerWidth();
        wide.forEach(column -> column.setVisible(width <= 0 || width >= NARROW_PIXELS));
    }

    void show(List<Document> documents) {
        boolean same = rows.stream()
                .map(Document::id)
                .toList()
                .equals(documents.stream().map(Document::id).toList());
        if (!same) {
            rows.clear();
            rows.addAll(documents);
            provider.refreshAll();
            return;
        }
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            if (!document.equals(rows.set(i, document))) {
                provider.refreshItem(document);
            }
        }
    }

    private Component name(Document document) {
        Anchor link = new Anchor("documents/" + document.id(), document.name());
        link.addClassName("sb-text");
        Span kind = new Span(kind(document));
        kind.addClassName("sb-quiet");
        Div cell = new Div(link, kind);
        cell.addClassName("sb-cell");
        return cell;
    }

    private Component actions(
            Document document,
            Consumer<Document> fetch,
            Consumer<Document> steer,
            Consumer<Document> validity,
            Consumer<Document> delete) {
        Div actions = new Div();
        actions.addClassName("sb-row-actions");
        if (document.kind() == DocumentKind.PAGE) {
            actions.add(Buttons.icon(
                    VaadinIcon.REFRESH,
                    getTranslation("page.again.label", document.name()),
                    () -> fetch.accept(document)));
        }
        switch (document.status()) {
            case PENDING, PROCESSING ->
                actions.add(Buttons.icon(
                        VaadinIcon.STOP,
                        getTranslation("document.cancel.label", document.name()),
                        () -> steer.accept(document)));
            case FAILED ->
                actions.add(Buttons.icon(
                        VaadinIcon.PLAY,
                        getTranslation("document.retry.label", document.name()),
                        () -> steer.accept(document)));
            case READY -> {}
        }
        actions.add(Buttons.icon(
                VaadinIcon.CALENDAR_CLOCK,
                getTranslation("validity.label", document.name()),
                () -> validity.accept(document)));
        actions.add(Buttons.icon(
                VaadinIcon.TRASH,
                getTranslation("document.delete.label", document.name()),
                () -> delete.accept(document)));
        return actions;
    }

    private String kind(Document document) {
        return switch (document.kind()) {
            case FAQ -> getTranslation("document.faq");
            case FILE -> Sizes.of(document.sizeBytes());
            case PAGE ->
                document.sizeBytes() == 0
                        ? getTranslation("document.page")
                        : getTranslation("document.page.size", Sizes.of(document.sizeBytes()));
        };
    }

    private Component status(Document document) {
        Div cell = new Div(badge(document.status()));
        cell.addClassName("sb-cell");
        if (document.status() == DocumentStatus.PROCESSING) {
            ProgressBar progress = new ProgressBar(0, 1, Math.clamp(document.progress(), 0.0, 1.0));
            progress.getElement().setAttribute("aria-label", getTranslation("document.progress"));
            cell.add(progress);
            document.timeLeft(clock.instant()).ifPresent(left -> {
                Span time = new Span(timeLeft(left));
                time.addClassName("sb-quiet");
                cell.add(time);
            });
        }
        if (document.expired(clock.instant())) {
            Badge expired = new Badge(getTranslation("validity.expired"));
            expired.addThemeVariants(BadgeVariant.ERROR);
            cell.add(expired);
        }
        String facts = validity(document);
        if (!facts.isEmpty()) {
            Span quiet = new Span(facts);
            quiet.addClassNames("sb-quiet", "sb-text");
            cell.add(quiet);
        }
        if (document.reason() != null) {
            Span reason = new Span(document.reason());
            reason.addClassNames("sb-quiet", "sb-text");
            cell.add(reason);
        }
        return cell;
    }

    private String timeLeft(Duration left) {
        long minutes = left.plusSeconds(30).toMinutes();
        return minutes < 2
                ? getTranslation("document.left.seconds", Math.max(1, left.toSeconds()))
                : getTranslation("document.left.minutes", minutes);
    }

    private String validity(Document document) {
        String owner = document.owner() == null ? "" : getTranslation("validity.of", document.owner());
        String until = document.validUntil() == null
                ? ""
                : getTranslation(
                        "validity.until", Moments.date(document.validUntil().minusMillis(1)));
        return owner.isEmpty() || until.isEmpty() ? owner + until : owner + " · " + until;
    }

    private Badge badge(DocumentStatus status) {
        Badge badge = new Badge(getTranslation("document.status." + status));
        badge.addThemeVariants(
                switch (status) {
                    case PENDING -> new BadgeVariant[] {};
                    case PROCESSING -> new BadgeVariant[] {BadgeVariant.WARNING};
                    case READY -> new BadgeVariant[] {BadgeVariant.SUCCESS};
                    case FAILED -> new BadgeVariant[] {BadgeVariant.ERROR};
                });
        return badge;
    }
}
