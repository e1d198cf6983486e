package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.retrieval.Passage;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.retrieval.SearchResult;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what retrieval finds for a question, with the scores of each stage: the same path as a live answer. */
@Route("knowledge/:base/search")
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class SearchView extends Page implements BeforeEnterObserver {

    private static final int LIMIT = 10;

    private final KnowledgeService knowledge;
    private final RetrievalService retrieval;
    private final Session session;
    private final TextField query = new TextField();
    private final Div results = new Div();

    private String path = "";

    SearchView(KnowledgeService knowledge, RetrievalService retrieval, Session session) {
        super("search");
        this.knowledge = knowledge;
        this.retrieval = retrieval;
        this.session = session;
        query.setPlaceholder(getTranslation("search.placeholder"));
        query.setAriaLabel(getTranslation("search.placeholder"));
        query.setPrefixComponent(VaadinIcon.SEARCH.create());
        query.setMaxLength(1000);
        query.setClearButtonVisible(true);
        query.setAutofocus(true);
        query.addClassName("sb-grow");
        Button search = Buttons.primary(getTranslation("search.submit"), VaadinIcon.SEARCH, this::submit);
        search.addClickShortcut(Key.ENTER);
        Div bar = new Div(query, search);
        bar.addClassName("sb-askbar");
        results.addClassName("sb-stack");
        add(bar, results);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        KnowledgeBaseId id = new KnowledgeBaseId(Addresses.id(event.getRouteParameters(), "base"));
        KnowledgeBase base = knowledge
                .findKnowledgeBase(session.tenant(), id)
                .orElseThrow(() -> new NotFoundException("no such base"));
        Anchor back =
                new Anchor("knowledge/" + id, VaadinIcon.ARROW_LEFT.create(), new Span(getTranslation("search.back")));
        back.addClassName("sb-plain-button");
        clearActions();
        addActions(back);
        path = event.getLocation().getPath();
        setHeading(getTranslation("search.in", base.name()), getTranslation("search.lead"));
        String asked = Addresses.query(event, "q");
        query.setValue(asked);
        results.removeAll();
        if (asked.isBlank()) {
            results.add(new EmptyState(
                    VaadinIcon.SEARCH, getTranslation("search.empty"), getTranslation("search.empty.sentence")));
            return;
        }
        show(retrieval.search(session.tenant(), new SearchRequest(Set.of(id), asked.strip(), List.of(), LIMIT)));
    }

    private void submit() {
        String asked = query.getValue().strip();
        getUI().ifPresent(ui ->
                ui.navigate(path, asked.isEmpty() ? QueryParameters.empty() : QueryParameters.of("q", asked)));
    }

    private void show(SearchResult found) {
        if (found.passages().isEmpty()) {
            results.add(new EmptyState(
                    VaadinIcon.SEARCH_MINUS, getTranslation("search.none"), getTranslation("search.none.sentence")));
            return;
        }
        Span facts = new Span(getTranslation(
                "search.facts",
                found.passages().size(),
                Math.round(found.coverage() * 100),
                found.embedding().toMillis(),
                found.search().toMillis()));
        facts.addClassName("sb-quiet");
        results.add(facts);
        found.passages().forEach(passage -> results.add(card(passage)));
    }

    private Component card(Passage passage) {
        Anchor document = new Anchor("documents/" + passage.document(), passage.documentName());
        Div scores = new Div(
                score("search.fused", passage.scores().fused()),
                score("search.dense", passage.scores().dense()),
                score("search.lexical", passage.scores().lexical()));
        scores.addClassName("sb-row");
        Div top = new Div(document, scores);
        top.addClassName("sb-between");
        Span headings = new Span(String.join(" › ", passage.headingPath()));
        headings.addClassName("sb-quiet");
        Paragraph text = new Paragraph(passage.text());
        text.addClassName("sb-text");
        Article card = new Article(top, headings, text);
        card.addClassName("sb-passage");
        return card;
    }

    private Component score(String key, @Nullable Double value) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Span number = new Span(value == null ? "–" : String.format(Locale.ENGLISH, "%.2f", value));
        number.addClassName("sb-number");
        Div score = new Div(name, number);
        score.addClassName("sb-score");
        return score;
    }
}
