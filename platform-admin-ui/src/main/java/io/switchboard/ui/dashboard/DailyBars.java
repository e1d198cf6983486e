package io.switchboard.ui.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.switchboard.ui.parts.Moments;
import java.time.LocalDate;
import java.util.Map;

/** Answers of the last two weeks, one bar a day. */
class DailyBars extends Div {

    DailyBars(Map<LocalDate, Long> answers, LocalDate today) {
        addClassName("sb-bars");
        long most = answers.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long sum = answers.values().stream().mapToLong(Long::longValue).sum();
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", getTranslation("dashboard.daily.label", sum, Figures.DAYS));
        for (int ago = Figures.DAYS - 1; ago >= 0; ago--) {
            LocalDate day = today.minusDays(ago);
            add(column(day, answers.getOrDefault(day, 0L), most, ago));
        }
        if (sum == 0) {
            Span none = new Span(getTranslation("dashboard.daily.none"));
            none.addClassNames("sb-quiet", "sb-bars-none");
            add(none);
        }
    }

    private Div column(LocalDate day, long count, long most, int ago) {
        Div bar = new Div();
        bar.addClassName("sb-bar");
        bar.setHeight(most == 0 ? "0" : Math.round(100.0 * count / most) + "%");
        Span number = new Span(count == 0 ? "" : String.valueOf(count));
        number.addClassNames("sb-bar-number", "sb-number");
        Div track = new Div(number, bar);
        track.addClassName("sb-bar-track");
        Span label = new Span(ago % 3 == 1 ? Moments.day(day) : "");
        label.addClassName("sb-bar-label");
        Div column = new Div(track, label);
        column.addClassName("sb-bar-column");
        column.setTitle(getTranslation("dashboard.daily.day", Moments.day(day), count));
        return column;
    }
}
