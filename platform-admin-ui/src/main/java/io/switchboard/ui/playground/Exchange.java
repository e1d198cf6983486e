package io.switchboard.ui.playground;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.switchboard.answering.Answer;
import java.time.Duration;

/** A question, its answer, and how the answer came about. */
class Exchange extends Article {

    Exchange(String question, Answer answer) {
        addClassName("sb-passage");
        H2 asked = new H2(question);
        asked.addClassName("sb-question");
        Div top = new Div(asked, outcome(answer.outcome()));
        top.addClassName("sb-between");
        Paragraph text = new Paragraph(answer.text());
        text.addClassNames("sb-text", "sb-answer");
        add(top, text);
        answer.citations().forEach(citation -> add(source(citation)));
        Div facts = new Div(
                fact("playground.model", answer.model()),
                fact("playground.retrieval", millis(answer.timings().retrieval())),
                fact("playground.generation", millis(answer.timings().generation())),
                fact("playground.total", millis(answer.timings().total())),
                fact("playground.tokens", tokens(answer)));
        facts.addClassNames("sb-row", "sb-facts");
        add(facts);
    }

    private Badge outcome(Answer.Outcome outcome) {
        Badge badge = new Badge(getTranslation("outcome." + outcome));
        badge.addThemeVariants(outcome == Answer.Outcome.ANSWERED ? BadgeVariant.SUCCESS : BadgeVariant.WARNING);
        return badge;
    }

    private Component source(Answer.Citation citation) {
        Paragraph passage = new Paragraph(citation.passage());
        passage.addClassNames("sb-text", "sb-quote");
        Anchor open = new Anchor("documents/" + citation.document(), getTranslation("playground.opendocument"));
        Details details = new Details(getTranslation("playground.source", citation.documentName()), passage, open);
        details.setWidthFull();
        return details;
    }

    private Component fact(String key, String value) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        Span number = new Span(value);
        number.addClassName("sb-number");
        Div fact = new Div(name, number);
        fact.addClassName("sb-score");
        return fact;
    }

    private String tokens(Answer answer) {
        return (answer.tokensEstimated() ? "≈ " : "") + answer.inputTokens().value() + " / "
                + answer.outputTokens().value();
    }

    private String millis(Duration duration) {
        return getTranslation("millis", duration.toMillis());
    }
}
