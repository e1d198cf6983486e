package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.conversations.SentFile;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.conversations.ThreadMessage.Step;
import java.util.Locale;
import java.util.function.Function;

/** A message as a messenger shows it. Texts of customers and documents are shown as text, whatever they contain. */
public final class Bubble extends Div {

    private Bubble(ThreadMessage message, Direction own, Function<SentFile, FilePart> shown) {
        addClassNames("sb-bubble", message.direction() == own ? "sb-bubble-own" : "sb-bubble-other");
        if (message.text() != null && message.isTranscript()) {
            add(origin(VaadinIcon.MICROPHONE, "message.transcript"));
        }
        SentFile file = message.file();
        if (file != null) {
            add(shown.apply(file));
        }
        if (message.text() == null
                ? message.description() == null
                : file == null || !message.text().isBlank()) {
            add(words(message.text() == null ? getTranslation("message.notext") : message.text()));
        }
        if (message.description() != null) {
            add(origin(VaadinIcon.PICTURE, "message.description"), words(message.description()));
        }
        if (!message.choices().isEmpty()) {
            add(new Labels(message.choices()));
        }
    }

    /** Where words come from that the customer did not write. */
    private Component origin(VaadinIcon icon, String key) {
        Span origin = new Span(icon.create(), new Span(getTranslation(key)));
        origin.addClassName("sb-source");
        return origin;
    }

    private static Component words(String text) {
        Paragraph words = new Paragraph(text);
        words.addClassName("sb-text");
        return words;
    }

    /** As the customer sees it: a time, and ticks on what they wrote. */
    public static Bubble onPhone(ThreadMessage message) {
        Bubble bubble = new Bubble(message, Direction.IN, FilePart::new);
        Div foot = bubble.foot(message);
        if (message.direction() == Direction.IN) {
            boolean answered = message.coveredBy() != null;
            Span ticks = new Span("✓✓");
            ticks.addClassName(answered ? "sb-ticks-read" : "sb-ticks");
            ticks.setTitle(bubble.getTranslation(answered ? "ticks.read" : "ticks.delivered"));
            foot.add(ticks);
        }
        return bubble;
    }

    /** As the organisation sees it: what became of the message, and what an answer rests on. */
    public static Bubble inThread(ThreadMessage message) {
        return inThread(message, FilePart::new);
    }

    /** As {@link #inThread(ThreadMessage)}, with the file of the message to look at and to save. */
    public static Bubble inThread(ThreadMessage message, FilePart part) {
        return inThread(message, _ -> part);
    }

    private static Bubble inThread(ThreadMessage message, Function<SentFile, FilePart> shown) {
        Bubble bubble = new Bubble(message, Direction.OUT, shown);
        if (!message.citations().isEmpty()) {
            Div sources = new Div();
            sources.addClassName("sb-sources");
            message.citations().stream().distinct().forEach(name -> sources.add(source(name)));
            bubble.add(sources);
        }
        Div foot = bubble.foot(message);
        Span status = new Span(bubble.getTranslation("message.status." + message.status()));
        status.addClassName("sb-status-" + message.status().toLowerCase(Locale.ROOT));
        foot.add(status);
        bubble.add(bubble.timeline(message));
        return bubble;
    }

    private Div foot(ThreadMessage message) {
        Span time = new Span(Moments.clock(message.at()));
        time.setTitle(Moments.full(message.at()));
        Div foot = new Div(time);
        foot.addClassName("sb-bubble-foot");
        add(foot);
        return foot;
    }

    private static Component source(String name) {
        Span source = new Span(VaadinIcon.FILE_TEXT_O.create(), new Span(name));
        source.addClassName("sb-source");
        return source;
    }

    private Component timeline(ThreadMessage message) {
        OrderedList steps = new OrderedList();
        steps.addClassName("sb-timeline");
        for (Step step : message.timeline()) {
            Span time = new Span(Moments.exact(step.at()));
            time.addClassNames("sb-number", "sb-quiet");
            ListItem item = new ListItem(time, new Span(getTranslation("step." + step.name())));
            if (step.detail() != null) {
                Span detail = new Span(step.detail());
                detail.addClassNames("sb-quiet", "sb-text");
                item.add(detail);
            }
            steps.add(item);
        }
        Details details = new Details(getTranslation("message.timeline"), steps);
        details.addClassName("sb-timeline-details");
        return details;
    }
}
