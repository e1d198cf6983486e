package io.switchboard.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.StopReason;
import java.util.Set;

/** Tells everybody who may see channels, on every page, that one has stopped or does not work: why, and what to do. */
class Alarm extends Div {

    private final Session session;
    private final ChannelService channels;
    private final NumberDoctor doctor;

    Alarm(Session session, ChannelService channels, NumberDoctor doctor) {
        this.doctor = doctor;
        this.session = session;
        this.channels = channels;
        addClassName("sb-alarms");
        getElement().setAttribute("role", "alert");
    }

    void fill() {
        removeAll();
        session.membership()
                .filter(membership -> session.may(Permission.READ_CHANNELS))
                .ifPresent(membership -> fill(membership.tenant().id()));
    }

    /** A stopped channel says more than what the doctor found before. */
    private void fill(TenantId tenant) {
        Set<ChannelId> failing = doctor.failing(tenant);
        channels.stopped(tenant).forEach(channel -> {
            failing.remove(channel.id());
            add(stopped(channel));
        });
        failing.forEach(id -> channels.find(tenant, id).ifPresent(channel -> add(failing(channel))));
    }

    private Component stopped(Channel channel) {
        StopReason reason = StopReason.of(channel);
        boolean editor = session.may(Permission.EDIT_CHANNELS);
        return alarm(
                channel,
                getTranslation("alarm.title", channel.name()),
                getTranslation(reason.why()) + " " + getTranslation(editor ? reason.remedy() : "alarm.ask"));
    }

    private Component failing(Channel channel) {
        return alarm(
                channel, getTranslation("alarm.failing", channel.name()), getTranslation("alarm.failing.sentence"));
    }

    private Component alarm(Channel channel, String heading, String sentence) {
        Component icon = VaadinIcon.WARNING.create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Span title = new Span(heading);
        title.addClassName("sb-alarm-title");
        Div words = new Div(title, new Paragraph(sentence));
        words.addClassName("sb-alarm-words");
        Anchor link = new Anchor("channels/" + channel.id(), getTranslation("alarm.open"));
        link.addClassName("sb-plain-button");
        Div alarm = new Div(icon, words, link);
        alarm.addClassName("sb-alarm");
        return alarm;
    }
}
