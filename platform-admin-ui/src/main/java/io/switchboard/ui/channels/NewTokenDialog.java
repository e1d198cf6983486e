package io.switchboard.ui.channels;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.PasswordField;
import io.switchboard.ui.parts.Buttons;
import java.util.function.Consumer;

/** Takes a new secret in place of one that expired. */
class NewTokenDialog extends Dialog {

    private final PasswordField token = new PasswordField();

    /** @param secret name of the credential */
    NewTokenDialog(String secret, Consumer<String> save) {
        setHeaderTitle(getTranslation("channel.newtoken." + secret));
        setWidth("32rem");
        Paragraph lead = new Paragraph(getTranslation("channel.newtoken.lead"));
        lead.addClassName("sb-quiet");
        token.setLabel(getTranslation("newchannel." + secret));
        token.setHelperText(getTranslation("newchannel." + secret + ".help"));
        token.setErrorMessage(getTranslation("channel.newtoken.missing"));
        token.setRequiredIndicatorVisible(true);
        token.setAutofocus(true);
        token.setWidthFull();
        Div form = new Div(lead, token);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("channel.newtoken.save"), VaadinIcon.CHECK, () -> submit(save)));
    }

    private void submit(Consumer<String> save) {
        token.setInvalid(token.getValue().isBlank());
        if (!token.isInvalid()) {
            close();
            save.accept(token.getValue().strip());
        }
    }
}
