package io.switchboard.ui.access;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.access.Enrolment;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.CopyField;
import java.util.function.Predicate;

/** Shows a secret to an authenticator app, and asks for the first code as a proof that it arrived. */
class TwoFactorDialog extends Dialog {

    private final transient Predicate<String> confirm;
    private final TextField code = new TextField();

    /** @param confirm answers whether the code is right */
    TwoFactorDialog(Enrolment enrolment, Predicate<String> confirm) {
        this.confirm = confirm;
        setHeaderTitle(getTranslation("twofactor.setup.title"));
        setWidth("30rem");
        Paragraph scan = new Paragraph(getTranslation("twofactor.setup.scan"));
        CopyField secret = new CopyField(
                getTranslation("twofactor.setup.secret"), enrolment.secret().replaceAll("(.{4})(?!$)", "$1 "));
        secret.addClassName("sb-secret");
        code.setLabel(getTranslation("twofactor.setup.code"));
        code.setErrorMessage(getTranslation("code.wrong"));
        code.setRequiredIndicatorVisible(true);
        code.setAutofocus(true);
        code.setWidthFull();
        code.getElement().setAttribute("autocomplete", "one-time-code");
        code.addKeyPressListener(Key.ENTER, press -> submit());
        Div picture = new Div(new QrCode(enrolment.address(), getTranslation("twofactor.setup.qr")));
        picture.addClassName("sb-qr-frame");
        Div form = new Div(scan, picture, secret, code);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("twofactor.setup.submit"), VaadinIcon.CHECK, this::submit));
    }

    private void submit() {
        code.setInvalid(!confirm.test(code.getValue()));
        if (!code.isInvalid()) {
            close();
        }
    }
}
