package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.switchboard.knowledge.ChunkWithSource;
import io.switchboard.retrieval.Candidate;
import io.switchboard.retrieval.Candidate.Fate;
import io.switchboard.retrieval.Passage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A candidate of a search: its place in each list, its scores, and what became of it. */
class FoundCard extends Article {

    FoundCard(Candidate candidate, Passage passage) {
        this(candidate, "documents/" + passage.document(), passage.documentName(), passage.headingPath());
        Paragraph text = new Paragraph(passage.text());
        text.addClassName("sb-text");
        add(text);
    }

    /** @param source null if it is not ready */
    FoundCard(Candidate candidate, @Nullable ChunkWithSource source) {
        this(
                candidate,
                source == null ? null : "documents/" + source.chunk().document(),
                source == null ? "" : source.documentName(),
                source == null ? List.of() : source.chunk().headingPath());
        if (source != null) {
            Paragraph text = new Paragraph(source.chunk().text());
            text.addClassNames("sb-text", "sb-two-lines", "sb-quiet");
            add(text);
        }
    }

    private FoundCard(Candidate candidate, @Nullable String address, String name, List<String> headings) {
        addClassName("sb-passage");
        Span rank = new Span(candidate.rank() + ".");
        rank.addClassName("sb-number");
        Div document =
                new Div(rank, address == null ? new Span(getTranslation("found.gone")) : new Anchor(address, name));
        document.addClassName("sb-row");
        Div scores = new Div(
                score("search.fused", candidate.scores().fused(), null),
                score("search.dense", candidate.scores().dense(), candidate.denseRank()),
                score("search.lexical", candidate.scores().lexical(), candidate.lexicalRank()));
        if (candidate.scores().rerank() != null) {
            scores.add(score("search.rerank", candidate.scores().rerank(), null));
        }
        scores.add(fate(candidate.fate()));
        scores.addClassName("sb-row");
        Div top = new Div(document, scores);
        top.addClassName("sb-between");
        Span path = new Span(String.join(" › ", headings));
        path.addClassName("sb-quiet");
        add(top, path);
    }

    private Component fate(Fate fate) {
        Badge badge = new Badge(getTranslation("found." + fate));
        if (fate == Fate.PACKED) {
            badge.addThemeVariants(BadgeVariant.SUCCESS);
        }
        return badge;
    }

    private Component score(String key, @Nullable Double value, @Nullable Integer rank) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Span number = new Span(value == null ? "–" : String.format(Locale.ENGLISH, "%.2f", value));
        number.addClassName("sb-number");
        Div score = new Div(name, number);
        if (rank != null) {
            Span place = new Span(getTranslation("found.rank", rank));
            place.addClassName("sb-quiet");
            score.add(place);
        }
        score.addClassName("sb-score");
        return score;
    }
}
