package io.switchboard.ui.simulator;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.messages.MessageInput;
import com.vaadin.flow.component.messages.MessageInputI18n;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.ui.parts.Bubble;
import io.switchboard.ui.parts.Notice;
import java.util.List;
import java.util.function.Consumer;

/** A telephone with one conversation on it. */
class Phone extends Div {

    private final Avatar avatar = new Avatar();
    private final Span name = new Span();
    private final Span presence = new Span();
    private final Div messages = new Div();
    private final Component typing = typing();

    private List<ThreadMessage> drawn = List.of();

    Phone(Consumer<String> write) {
        addClassName("sb-phone");
        avatar.getElement().setAttribute("aria-hidden", "true");
        presence.addClassName("sb-phone-presence");
        Div words = new Div(name, presence);
        words.addClassName("sb-user-words");
        Div header = new Div(avatar, words);
        header.addClassName("sb-phone-header");
        messages.addClassNames("sb-messages", "sb-phone-messages");
        messages.getElement().setAttribute("role", "log");
        messages.getElement().setAttribute("tabindex", "0");
        messages.getElement().setAttribute("aria-label", getTranslation("conversations.messages"));
        MessageInput input = new MessageInput();
        input.setI18n(new MessageInputI18n()
                .setMessage(getTranslation("simulator.placeholder"))
                .setSend(getTranslation("simulator.send")));
        input.addSubmitListener(submit -> send(submit.getValue(), write));
        Div screen = new Div(header, messages, input);
        screen.addClassName("sb-phone-screen");
        add(screen);
    }

    void turnTo(String bot) {
        avatar.setName(bot);
        name.setText(bot);
        drawn = List.of();
        messages.removeAll();
    }

    void show(List<ThreadMessage> now) {
        boolean waiting = waiting(now);
        presence.setText(getTranslation(waiting ? "simulator.typing" : "simulator.online"));
        messages.remove(typing);
        if (now.isEmpty()) {
            messages.removeAll();
            Paragraph hint = new Paragraph(getTranslation("simulator.hint"));
            hint.addClassName("sb-phone-hint");
            messages.add(hint);
        } else {
            draw(now);
        }
        if (waiting) {
            messages.add(typing);
        }
        drawn = now;
        messages.getElement().executeJs("setTimeout(() => this.scrollTop = this.scrollHeight, 30)");
    }

    private void draw(List<ThreadMessage> now) {
        if (drawn.isEmpty()) {
            messages.removeAll();
        }
        int same = 0;
        while (same < Math.min(now.size(), drawn.size()) && now.get(same).equals(drawn.get(same))) {
            same++;
        }
        for (int i = drawn.size() - 1; i >= same; i--) {
            messages.remove(messages.getComponentAt(i));
        }
        now.subList(same, now.size()).forEach(message -> messages.add(Bubble.onPhone(message)));
    }

    private static boolean waiting(List<ThreadMessage> now) {
        return now.stream()
                .anyMatch(message -> message.direction() == Direction.IN
                        && message.coveredBy() == null
                        && message.status().equals("RECEIVED"));
    }

    private void send(String text, Consumer<String> write) {
        if (text.isBlank()) {
            return;
        }
        if (text.length() > SimulatorService.MAX_TEXT_LENGTH) {
            Notice.problem(getTranslation("simulator.toolong", SimulatorService.MAX_TEXT_LENGTH));
            return;
        }
        write.accept(text);
    }

    private Component typing() {
        Div dots = new Div(new Span(), new Span(), new Span());
        dots.addClassNames("sb-bubble", "sb-bubble-other", "sb-typing");
        dots.getElement().setAttribute("role", "status");
        dots.getElement().setAttribute("aria-label", getTranslation("simulator.typing"));
        return dots;
    }
}
