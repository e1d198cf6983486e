package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import io.switchboard.ui.parts.Buttons;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks for the text of a passage, beside what the document says. */
class PassageDialog extends Dialog {

    private static final int MAX_LENGTH = 20_000;

    private final TextArea text = new TextArea();

    /**
     * @param present text of the passage, empty for a new one
     * @param original what the document says; null if it says nothing
     * @param save answers what is wrong with the text, or nothing at all; the dialog closes then
     */
    PassageDialog(String title, String present, @Nullable String original, Function<String, String> save) {
        setHeaderTitle(title);
        setWidth(original == null ? "40rem" : "64rem");
        text.setLabel(getTranslation("passage.used"));
        text.setHelperText(getTranslation("passage.help"));
        text.setValue(present);
        text.setMaxLength(MAX_LENGTH);
        text.setMinRows(8);
        text.setWidthFull();
        text.setAutofocus(true);
        Div sides = new Div(new Div(text));
        sides.addClassNames("sb-columns", "sb-sides");
        if (original != null) {
            Span name = new Span(getTranslation("passage.original"));
            name.addClassName("sb-quiet");
            Paragraph said = new Paragraph(original);
            said.addClassNames("sb-text", "sb-original");
            sides.add(new Div(name, said));
        }
        add(sides);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("passage.save"), VaadinIcon.CHECK, () -> submit(save)));
    }

    private void submit(Function<String, String> save) {
        String problem = text.getValue().isBlank() ? getTranslation("passage.missing") : save.apply(text.getValue());
        text.setErrorMessage(problem);
        text.setInvalid(!problem.isEmpty());
        if (problem.isEmpty()) {
            close();
        }
    }
}
