package io.switchboard.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.StopReason;

/** Tells everybody who may see channels, on every page, that one has stopped: why, and what to do. */
class Alarm extends Div {

    private final Session session;
    private final ChannelService channels;

    Alarm(Session session, ChannelService channels) {
        this.session = session;
        this.channels = channels;
        addClassName("sb-alarms");
        getElement().setAttribute("role", "alert");
    }

    void fill() {
        removeAll();
        session.membership()
                .filter(membership -> session.may(Permission.READ_CHANNELS))
                .ifPresent(membership ->
                        channels.stopped(membership.tenant().id()).forEach(channel -> add(alarm(channel))));
    }

    private Component alarm(Channel channel) {
        Component icon = VaadinIcon.WARNING.create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Span title = new Span(getTranslation("alarm.title", channel.name()));
        title.addClassName("sb-alarm-title");
        StopReason reason = StopReason.of(channel);
        boolean editor = session.may(Permission.EDIT_CHANNELS);
        Paragraph why = new Paragraph(
                getTranslation(reason.why()) + " " + getTranslation(editor ? reason.remedy() : "alarm.ask"));
        Div words = new Div(title, why);
        words.addClassName("sb-alarm-words");
        Anchor link = new Anchor("channels/" + channel.id(), getTranslation("alarm.open"));
        link.addClassName("sb-plain-button");
        Div alarm = new Div(icon, words, link);
        alarm.addClassName("sb-alarm");
        return alarm;
    }
}
