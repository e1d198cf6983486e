package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.knowledge.DocumentFilter;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.retrieval.Candidate;
import io.switchboard.retrieval.Candidate.Fate;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.retrieval.SearchRequest;
import io.switchboard.retrieval.SearchResult;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what retrieval finds for a question, with the scores of each stage, what it left out and why: the same search as a live answer's,
 * and what it says of itself.
 */
@Route("knowledge/:base/search")
@PermitAll
@Requires(Permission.READ_KNOWLEDGE)
class SearchView extends Page implements BeforeEnterObserver {

    /** As many as an answer is made from. */
    private static final int LIMIT = 8;

    private static final int LEFT_OUT = 20;

    private final KnowledgeService knowledge;
    private final RetrievalService retrieval;
    private final Session session;
    private final TextField query = new TextField();
    private final TextField before = new TextField();
    private final TextField expected = new TextField();
    private final MultiSelectComboBox<String> tags = new MultiSelectComboBox<>();
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
        search.addClickShortcut(Key.ENTER).listenOn(query, before, expected);
        Div bar = new Div(query, search);
        bar.addClassName("sb-askbar");
        results.addClassName("sb-stack");
        add(bar, options(), results);
    }

    private Component options() {
        before.setLabel(getTranslation("search.before"));
        before.setPlaceholder(getTranslation("search.before.example"));
        before.setMaxLength(1000);
        before.setClearButtonVisible(true);
        expected.setLabel(getTranslation("search.expected"));
        expected.setPlaceholder(getTranslation("search.expected.example"));
        expected.setMaxLength(2000);
        expected.setClearButtonVisible(true);
        tags.setLabel(getTranslation("search.tags"));
        Div options = new Div(before, expected, tags);
        options.addClassName("sb-filters");
        return options;
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
        before.setValue(Addresses.query(event, "before"));
        expected.setValue(Addresses.query(event, "expected"));
        List<String> known = knowledge.tags(session.tenant(), id);
        tags.setItems(known);
        tags.setVisible(!known.isEmpty());
        List<String> chosen = List.of(Addresses.query(event, "tags").split(","));
        tags.setValue(known.stream().filter(chosen::contains).collect(Collectors.toSet()));
        results.removeAll();
        if (asked.isBlank()) {
            results.add(new EmptyState(
                    VaadinIcon.SEARCH, getTranslation("search.empty"), getTranslation("search.empty.sentence")));
            return;
        }
        search(id, asked.strip());
    }

    private void submit() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "q", query.getValue());
        put(parameters, "before", before.getValue());
        put(parameters, "expected", expected.getValue());
        put(parameters, "tags", String.join(",", tags.getValue()));
        getUI().ifPresent(ui -> ui.navigate(path, QueryParameters.simple(parameters)));
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isBlank()) {
            parameters.put(name, value.strip());
        }
    }

    private void search(KnowledgeBaseId base, String asked) {
        String sought = expected.getValue().strip();
        Optional<ChunkId> passage = sought.isEmpty() ? Optional.empty() : passage(base, sought);
        List<String> previous = before.getValue().isBlank()
                ? List.of()
                : List.of(before.getValue().strip());
        DocumentFilter filter = new DocumentFilter(Set.of(), tags.getValue(), null, null, null);
        SearchResult found = retrieval.search(
                session.tenant(),
                new SearchRequest(Set.of(base), asked, previous, LIMIT, filter, passage.orElse(null)));
        if (!sought.isEmpty()) {
            results.add(
                    found.whyNot() == null
                            ? new Panel(getTranslation("whynot.title"), new Span(getTranslation("whynot.UNKNOWN.text")))
                            : new WhyNotPanel(found.whyNot(), name(found)));
        }
        show(found);
    }

    /** By its id, as the link beside a passage gives it, or by what it says. */
    private Optional<ChunkId> passage(KnowledgeBaseId base, String sought) {
        try {
            return Optional.of(new ChunkId(UUID.fromString(sought)));
        } catch (IllegalArgumentException _) {
            return knowledge.findPassage(session.tenant(), base, sought);
        }
    }

    private String name(SearchResult found) {
        return Optional.ofNullable(found.whyNot())
                .flatMap(why -> knowledge.passageState(session.tenant(), why.chunk()))
                .map(state -> state.documentName())
                .orElse("");
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
        Span contexts =
                new Span(getTranslation("search.contexts", found.contexts().size()));
        Div line = new Div(facts, contexts);
        line.addClassNames("sb-quiet", "sb-row");
        results.add(line);
        Map<ChunkId, Candidate> candidates =
                found.trace().stream().collect(Collectors.toMap(Candidate::chunk, Function.identity()));
        found.passages().forEach(passage -> {
            @Nullable Candidate candidate = candidates.get(passage.chunk());
            if (candidate != null) {
                results.add(new FoundCard(candidate, passage));
            }
        });
        leftOut(found);
    }

    private void leftOut(SearchResult found) {
        List<Candidate> others = found.trace().stream()
                .filter(candidate -> candidate.fate() != Fate.PACKED && candidate.fate() != Fate.OVER_BUDGET)
                .limit(LEFT_OUT)
                .toList();
        if (others.isEmpty()) {
            return;
        }
        var texts = knowledge
                .chunksById(
                        session.tenant(), others.stream().map(Candidate::chunk).toList())
                .stream()
                .collect(Collectors.toMap(source -> source.chunk().id(), Function.identity()));
        List<Component> rows = new ArrayList<>();
        others.forEach(candidate -> rows.add(new FoundCard(candidate, texts.get(candidate.chunk()))));
        Panel panel = new Panel(getTranslation("search.leftout", others.size()), rows.toArray(Component[]::new));
        panel.addClassName("sb-leftout");
        results.add(panel);
    }
}
