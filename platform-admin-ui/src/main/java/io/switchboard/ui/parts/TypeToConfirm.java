package io.switchboard.ui.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** Asks before something that cannot be taken back: whoever means it types a word. */
public final class TypeToConfirm extends Dialog {

    /** @param word what has to be typed, as it is */
    public TypeToConfirm(String title, String sentence, String word, String action, Runnable confirmed) {
        setHeaderTitle(title);
        setWidth("32rem");
        TextField typed = new TextField(getTranslation("confirm.type", word));
        typed.setWidthFull();
        typed.setAutofocus(true);
        typed.setAutocomplete(Autocomplete.OFF);
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        Button button = new Button(action, VaadinIcon.TRASH.create(), click -> {
            if (typed.getValue().strip().equals(word)) {
                close();
                confirmed.run();
            }
        });
        button.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        button.setEnabled(false);
        typed.addValueChangeListener(
                change -> button.setEnabled(change.getValue().strip().equals(word)));
        Div form = new Div(new Paragraph(sentence), typed);
        form.addClassName("sb-form");
        add(form);
        getFooter().add(Buttons.quiet(getTranslation("cancel"), this::close), button);
    }
}
