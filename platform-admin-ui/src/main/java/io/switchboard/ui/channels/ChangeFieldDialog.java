package io.switchboard.ui.channels;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.ui.parts.Buttons;
import java.util.Optional;
import java.util.function.Function;

/** Takes another value for what may change on a channel. */
class ChangeFieldDialog extends Dialog {

    private final TextField value = new TextField();

    /** @param save returns the problem with the value; empty if it was saved */
    ChangeFieldDialog(String field, String before, Function<String, Optional<String>> save) {
        setHeaderTitle(getTranslation("channel.change." + field));
        setWidth("32rem");
        value.setLabel(getTranslation("newchannel." + field));
        value.setHelperText(getTranslation("newchannel." + field + ".help"));
        value.setValue(before);
        value.setRequiredIndicatorVisible(true);
        value.setAutofocus(true);
        value.setWidthFull();
        Div form = new Div(value);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("channel.change.save"), VaadinIcon.CHECK, () -> submit(save)));
    }

    private void submit(Function<String, Optional<String>> save) {
        Optional<String> problem = save.apply(value.getValue().strip());
        value.setErrorMessage(problem.orElse(""));
        value.setInvalid(problem.isPresent());
        if (problem.isEmpty()) {
            close();
        }
    }
}
