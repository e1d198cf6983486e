package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.switchboard.retrieval.Candidate;
import io.switchboard.retrieval.WhyNot;
import io.switchboard.retrieval.WhyNot.Place;
import io.switchboard.retrieval.WhyNot.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an expected passage is among those found, or is not. */
class WhyNotPanel extends Section {

    /** @param document that the passage is of; empty if there is none */
    WhyNotPanel(WhyNot why, String document) {
        addClassName("sb-panel");
        Paragraph verdict = new Paragraph(getTranslation("whynot." + why.verdict()));
        Div body = new Div(verdict);
        if (!document.isEmpty()) {
            body.add(fact("whynot.document", document));
        }
        if (why.verdict() != Verdict.UNKNOWN && why.verdict() != Verdict.ELSEWHERE) {
            body.add(
                    fact("search.dense", place(why.dense())),
                    fact("search.lexical", place(why.lexical())),
                    fact("search.fused", fused(why.candidate())));
        }
        body.addClassNames("sb-panel-body", "sb-facts-list");
        Div head = new Div(new H2(getTranslation("whynot.title")));
        head.addClassName("sb-panel-head");
        add(head, body);
    }

    private Div fact(String key, String value) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Div fact = new Div(name, new Span(value));
        fact.addClassName("sb-fact");
        return fact;
    }

    private String place(@Nullable Place place) {
        return place == null
                ? getTranslation("whynot.nowhere")
                : getTranslation("whynot.place", place.rank(), number(place.score()));
    }

    private String fused(@Nullable Candidate candidate) {
        return candidate == null
                ? getTranslation("whynot.nocandidate")
                : getTranslation(
                        "whynot.place",
                        candidate.rank(),
                        number(candidate.scores().fused()));
    }

    private static String number(double value) {
        return String.format(Locale.ENGLISH, "%.2f", value);
    }
}
