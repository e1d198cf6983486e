package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.kernel.ChunkId;
import io.switchboard.knowledge.ChunkConflict;
import io.switchboard.knowledge.ChunkService.Choice;
import io.switchboard.knowledge.EditableChunk;
import io.switchboard.knowledge.Original;
import io.switchboard.ui.parts.Buttons;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A passage as answers use it, beside what the document says where the two are not the same. */
class PassageCard extends Article {

    private final transient EditableChunk passage;
    private final transient Originals originals;
    private final Div place = new Div();

    /** What an editor can do to a passage. */
    interface Desk {

        void edit(EditableChunk passage);

        void undo(EditableChunk passage);

        void enable(EditableChunk passage, boolean enabled);

        void addAfter(EditableChunk passage);

        void remove(EditableChunk passage);

        void choose(EditableChunk passage, Choice choice);
    }

    /** Looks for the place where a passage stands, which takes a while. */
    interface Originals {

        /** @param found is given the place, on the page's own thread; not at all if there is none any more */
        void look(ChunkId passage, Consumer<Original> found);
    }

    /**
     * A card.
     *
     * @param desk null for those who may only read
     */
    PassageCard(EditableChunk passage, @Nullable Desk desk, Originals originals) {
        this.passage = passage;
        this.originals = originals;
        addClassName("sb-passage");
        if (!passage.enabled()) {
            addClassName("sb-passage-off");
        }
        add(top(desk));
        switch (passage.conflict()) {
            case null -> add(texts());
            case ChunkConflict.Changed(var headings, var text) -> add(changed(headings, text, desk));
            case ChunkConflict.Vanished() -> add(vanished(desk));
        }
        add(place);
    }

    boolean shows(EditableChunk other) {
        return passage.equals(other);
    }

    private Component top(@Nullable Desk desk) {
        Span path = new Span(String.join(" › ", passage.chunk().headingPath()));
        Span facts = new Span(getTranslation(
                "document.chunk", passage.chunk().ordinal() + 1, passage.chunk().tokens()));
        Div words = new Div(path, facts);
        words.addClassNames("sb-quiet", "sb-row", "sb-grow");
        badges().forEach(words::add);
        Div top = new Div(words);
        top.addClassName("sb-between");
        Div actions = new Div(testLink());
        actions.add(Buttons.icon(
                VaadinIcon.FILE_SEARCH,
                getTranslation("original.label", passage.chunk().ordinal() + 1),
                this::showOriginal));
        actions.addClassName("sb-row-actions");
        if (desk != null) {
            fill(actions, desk);
        }
        top.add(actions);
        return top;
    }

    private List<Badge> badges() {
        return List.of(
                        badge("passage.off", !passage.enabled(), BadgeVariant.ERROR),
                        badge("passage.byhand", passage.byHand(), null),
                        badge("passage.edited", passage.edited(), null),
                        badge("passage.conflict", passage.conflict() != null, BadgeVariant.WARNING))
                .stream()
                .filter(Component::isVisible)
                .toList();
    }

    private Badge badge(String key, boolean shown, @Nullable BadgeVariant variant) {
        Badge badge = new Badge(getTranslation(key));
        if (variant != null) {
            badge.addThemeVariants(variant);
        }
        badge.setVisible(shown);
        return badge;
    }

    /** To the search test, which says why the passage is found or not. */
    private Component testLink() {
        String name = getTranslation("passage.search.label", passage.chunk().ordinal() + 1);
        Anchor link = new Anchor(
                "knowledge/" + passage.chunk().knowledgeBase() + "/search?expected="
                        + passage.chunk().id(),
                VaadinIcon.SEARCH.create());
        link.setAriaLabel(name);
        link.setTitle(name);
        link.addClassName("sb-icon-link");
        return link;
    }

    /** A second press puts it away. */
    private void showOriginal() {
        if (place.getComponentCount() > 0) {
            place.removeAll();
            return;
        }
        Span looking = new Span(getTranslation("original.looking"));
        looking.addClassName("sb-quiet");
        place.add(looking);
        originals.look(passage.chunk().id(), original -> {
            if (looking.getParent().isPresent()) {
                place.removeAll();
                place.add(new OriginalPanel(original));
            }
        });
    }

    private void fill(Div actions, Desk desk) {
        int number = passage.chunk().ordinal() + 1;
        actions.add(Buttons.icon(
                VaadinIcon.PENCIL, getTranslation("passage.edit.label", number), () -> desk.edit(passage)));
        if (passage.edited() && passage.conflict() == null && !passage.byHand()) {
            actions.add(Buttons.icon(
                    VaadinIcon.ARROW_BACKWARD, getTranslation("passage.undo.label", number), () -> desk.undo(passage)));
        }
        actions.add(
                passage.enabled()
                        ? Buttons.icon(
                                VaadinIcon.EYE_SLASH,
                                getTranslation("passage.disable.label", number),
                                () -> desk.enable(passage, false))
                        : Buttons.icon(
                                VaadinIcon.EYE,
                                getTranslation("passage.enable.label", number),
                                () -> desk.enable(passage, true)),
                Buttons.icon(
                        VaadinIcon.PLUS, getTranslation("passage.add.label", number), () -> desk.addAfter(passage)));
        if (passage.byHand()) {
            actions.add(Buttons.icon(
                    VaadinIcon.TRASH, getTranslation("passage.delete.label", number), () -> desk.remove(passage)));
        }
    }

    private Component texts() {
        String original = passage.original();
        if (!passage.edited() || original == null) {
            return text(passage.chunk().text());
        }
        return columns(
                side("passage.used", passage.chunk().text()),
                side(passage.byHand() ? "passage.original.before" : "passage.original", original));
    }

    private Component changed(List<String> headings, String now, @Nullable Desk desk) {
        Div sides = columns(side("passage.yours", passage.chunk().text()), side("passage.original.now", now));
        if (passage.edited() && passage.original() != null) {
            sides.add(side("passage.original.before", passage.original()));
        }
        Div box =
                new Div(notice(passage.edited() ? "passage.changed.sentence" : "passage.changed.off.sentence"), sides);
        if (!headings.equals(passage.chunk().headingPath())) {
            Span path = new Span(getTranslation("passage.changed.headings", String.join(" › ", headings)));
            path.addClassName("sb-quiet");
            box.add(path);
        }
        return withChoices(box, "passage.keep", "passage.take", desk);
    }

    private Component vanished(@Nullable Desk desk) {
        return withChoices(
                new Div(notice("passage.vanished.sentence"), texts()), "passage.keep", "passage.letgo", desk);
    }

    private Component withChoices(Div box, String keep, String take, @Nullable Desk desk) {
        box.addClassName("sb-conflict");
        if (desk != null) {
            Div choices = new Div(
                    Buttons.plain(getTranslation(keep), VaadinIcon.CHECK, () -> desk.choose(passage, Choice.KEEP_MINE)),
                    Buttons.quiet(getTranslation(take), () -> desk.choose(passage, Choice.TAKE_NEW)));
            choices.addClassName("sb-row");
            box.add(choices);
        }
        return box;
    }

    private Component notice(String key) {
        Paragraph sentence = new Paragraph(getTranslation(key));
        sentence.addClassName("sb-warning");
        return sentence;
    }

    private static Div columns(Component... sides) {
        Div columns = new Div(sides);
        columns.addClassNames("sb-columns", "sb-sides");
        return columns;
    }

    private Component side(String key, String text) {
        Span name = new Span(getTranslation(key));
        name.addClassName("sb-quiet");
        return new Div(name, text(text));
    }

    private static Component text(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("sb-text");
        return paragraph;
    }
}
