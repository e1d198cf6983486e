package io.switchboard.ui.access;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.access.CodeCheck;
import io.switchboard.ui.parts.Buttons;
import java.util.function.Function;

/** Asks for a code before the second factor is changed. */
class CodeDialog extends Dialog {

    private final transient Function<String, CodeCheck> check;
    private final TextField code = new TextField();

    CodeDialog(String title, String sentence, Function<String, CodeCheck> check) {
        this.check = check;
        setHeaderTitle(title);
        setWidth("28rem");
        code.setLabel(getTranslation("code.code"));
        code.setHelperText(getTranslation("code.help"));
        code.setRequiredIndicatorVisible(true);
        code.setAutofocus(true);
        code.setWidthFull();
        code.addKeyPressListener(Key.ENTER, press -> submit());
        Div form = new Div(new Paragraph(sentence), code);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(title, VaadinIcon.CHECK, this::submit));
    }

    private void submit() {
        switch (check.apply(code.getValue())) {
            case RIGHT -> close();
            case WRONG -> refuse("code.wrong");
            case TOO_MANY_ATTEMPTS -> refuse("account.toomany");
        }
    }

    private void refuse(String key) {
        code.setErrorMessage(getTranslation(key));
        code.setInvalid(true);
    }
}
