package io.switchboard.ui.deadletters;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.conversations.DeadLetter;
import io.switchboard.ui.conversations.ConversationsNavigation;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Letters one below the other: who wrote what and when, what should have reached them, and why it did not. */
class DeadLetterGrid extends Grid<DeadLetter> {

    private final Clock clock;

    DeadLetterGrid(Clock clock, boolean mayAct, Consumer<DeadLetter> retry, Consumer<DeadLetter> discard) {
        this.clock = clock;
        Grids.dress(this);
        addComponentColumn(this::letter)
                .setHeader(getTranslation("deadletters.letter"))
                .setFlexGrow(1);
        if (mayAct) {
            setSelectionMode(SelectionMode.MULTI);
            addComponentColumn(letter -> actions(letter, retry, discard))
                    .setHeader("")
                    .setWidth("6.5rem")
                    .setFlexGrow(0);
        }
        setEmptyStateComponent(new EmptyState(
                VaadinIcon.CHECK_CIRCLE_O,
                getTranslation("deadletters.empty"),
                getTranslation("deadletters.empty.sentence")));
    }

    private Component letter(DeadLetter letter) {
        Anchor contact = new Anchor(ConversationsNavigation.path(letter.conversation()), letter.contact());
        contact.addClassNames("sb-inbox-contact");
        Span channel = new Span(letter.channelName());
        channel.addClassName("sb-quiet");
        Div head = new Div(contact, kind(letter), channel, Moments.label(letter.at(), clock.instant()));
        head.addClassName("sb-row");
        Div cell =
                new Div(head, line("deadletters.question", letter.question()), line("deadletters.text", letter.text()));
        Span reason = new Span(reason(letter));
        reason.addClassNames("sb-text", "sb-status-failed");
        cell.add(reason);
        cell.addClassName("sb-cell");
        return cell;
    }

    private Badge kind(DeadLetter letter) {
        Badge badge = new Badge(getTranslation("deadletters.kind." + letter.kind()));
        badge.addThemeVariants(letter.kind() == DeadLetter.Kind.SEND ? BadgeVariant.ERROR : BadgeVariant.WARNING);
        return badge;
    }

    private Component line(String label, String text) {
        Span name = new Span(getTranslation(label));
        name.addClassName("sb-quiet");
        Span words = new Span(text.isBlank() ? getTranslation("message.notext") : text);
        words.addClassName("sb-text");
        Div line = new Div(name, words);
        line.addClassName("sb-letter-line");
        return line;
    }

    private String reason(DeadLetter letter) {
        if (letter.kind() == DeadLetter.Kind.TURN) {
            return getTranslation("deadletters.reason.turn");
        }
        String words = plain(letter.code());
        return letter.reason() == null
                ? words
                : getTranslation("deadletters.reason.send", words, letter.code(), letter.reason());
    }

    /** What the provider's code means for somebody who answers customers; see the provider's list of error codes. */
    private String plain(@Nullable String code) {
        return getTranslation(
                switch (code == null ? "" : code) {
                    case "131047" -> "deadletters.code.window";
                    case "131026", "131021", "131030" -> "deadletters.code.unreachable";
                    case "131049", "131050" -> "deadletters.code.declined";
                    case "130429", "131048", "131056", "80007" -> "deadletters.code.toomany";
                    default -> "deadletters.code.other";
                });
    }

    private Component actions(DeadLetter letter, Consumer<DeadLetter> retry, Consumer<DeadLetter> discard) {
        Div actions = new Div(
                Buttons.icon(
                        VaadinIcon.REFRESH,
                        getTranslation("deadletters.retry.label", letter.contact()),
                        () -> retry.accept(letter)),
                Buttons.icon(
                        VaadinIcon.TRASH,
                        getTranslation("deadletters.discard.label", letter.contact()),
                        () -> discard.accept(letter)));
        actions.addClassName("sb-letter-actions");
        return actions;
    }
}
