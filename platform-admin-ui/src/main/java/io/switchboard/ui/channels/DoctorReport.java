package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.doctor.Examination;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.shell.Session;
import java.util.Optional;

/** What the number doctor found, step by step, and the button that sends for it. */
class DoctorReport extends Div {

    private final NumberDoctor doctor;
    private final Session session;
    private final ChannelId channel;
    private final Div steps = new Div();
    private final Button examine;

    DoctorReport(NumberDoctor doctor, Session session, ChannelId channel) {
        this.doctor = doctor;
        this.session = session;
        this.channel = channel;
        this.examine = Buttons.plain(getTranslation("doctor.examine"), VaadinIcon.STETHOSCOPE, this::examine);
        steps.addClassName("sb-facts-list");
        steps.getElement().setAttribute("aria-live", "polite");
        addClassName("sb-form");
        add(steps);
        if (session.may(Permission.EDIT_CHANNELS)) {
            Div row = new Div(examine);
            row.addClassName("sb-row");
            add(row);
        }
        show(doctor.last(session.tenant(), channel));
    }

    /** Sends for the doctor where it never came. */
    void examineFirst() {
        if (doctor.last(session.tenant(), channel).isEmpty() && session.may(Permission.EDIT_CHANNELS)) {
            examine();
        }
    }

    /** The provider is asked several times, so the page does not wait for it. */
    private void examine() {
        TenantId tenant = session.tenantFor(Permission.EDIT_CHANNELS);
        UI ui = UI.getCurrent();
        examine.setEnabled(false);
        examine.setText(getTranslation("doctor.examining"));
        Thread.ofVirtual().name("number-doctor").start(() -> {
            try {
                doctor.examine(tenant, channel);
            } finally {
                // a failed update goes to the session's error handler
                var _ = ui.access(() -> {
                    examine.setEnabled(true);
                    examine.setText(getTranslation("doctor.examine"));
                    show(doctor.last(tenant, channel));
                });
            }
        });
    }

    private void show(Optional<Examination> examination) {
        steps.removeAll();
        if (examination.isEmpty()) {
            Paragraph never = new Paragraph(getTranslation("doctor.never"));
            never.addClassName("sb-quiet");
            steps.add(never);
            return;
        }
        examination.get().findings().forEach(finding -> steps.add(row(finding)));
        Span at = new Span(
                getTranslation("doctor.at", Moments.full(examination.get().at())));
        at.addClassName("sb-quiet");
        steps.add(at);
    }

    private Component row(Finding finding) {
        Span label = new Span(getTranslation("doctor.step." + finding.step()));
        label.addClassName("sb-quiet");
        Badge badge = new Badge(getTranslation("doctor.state." + finding.state()));
        switch (finding.state()) {
            case OK -> badge.addThemeVariants(BadgeVariant.SUCCESS);
            case WARNING -> badge.addThemeVariants(BadgeVariant.WARNING);
            case FAILED -> badge.addThemeVariants(BadgeVariant.ERROR);
            case UNKNOWN -> {}
        }
        Div words = new Div(badge, new Paragraph(finding.sentence()));
        if (finding.remedy() != null) {
            Paragraph remedy = new Paragraph(finding.remedy());
            remedy.addClassName("sb-remedy");
            words.add(remedy);
        }
        words.addClassName("sb-finding");
        Div row = new Div(label, words);
        row.addClassName("sb-fact");
        return row;
    }
}
