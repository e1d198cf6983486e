package io.switchboard.ui.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.progressbar.ProgressBarVariant;
import io.switchboard.ui.parts.Moments;
import io.switchboard.usage.QuotaState;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How much of the plan is used, and until when it must last. */
class PlanMeter extends Div {

    PlanMeter(QuotaState quota) {
        addClassName("sb-meter");
        Span used = new Span(String.valueOf(quota.used()));
        used.addClassNames("sb-tile-number", "sb-number");
        Long limit = quota.limit();
        Span of = new Span(limit == null ? getTranslation("plan.unlimited") : getTranslation("plan.of", limit));
        of.addClassName("sb-quiet");
        Div top = new Div(used, of);
        top.addClassName("sb-meter-top");
        add(top);
        if (limit != null) {
            add(bar(quota, limit));
        }
        if (quota.spent()) {
            Paragraph spent = new Paragraph(getTranslation("plan.spent"));
            spent.addClassName("sb-warning");
            spent.getElement().setAttribute("role", "alert");
            add(spent);
        }
        String reset = Moments.day(LocalDate.ofInstant(quota.resetsAt(), ZoneOffset.UTC));
        Paragraph note = new Paragraph(getTranslation("plan.note", quota.plan(), reset));
        note.addClassName("sb-quiet");
        add(note);
    }

    private ProgressBar bar(QuotaState quota, long limit) {
        double share = limit == 0 ? 1 : Math.min(1, (double) quota.used() / limit);
        ProgressBar bar = new ProgressBar(0, 1, share);
        bar.getElement().setAttribute("aria-label", getTranslation("plan.bar", quota.used(), limit));
        if (quota.spent()) {
            bar.addThemeVariants(ProgressBarVariant.ERROR);
        }
        return bar;
    }
}
