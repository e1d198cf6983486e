package io.switchboard.ui.parts;

import com.vaadin.flow.component.textfield.PasswordField;
import io.switchboard.access.AccessService;

/** Takes a password that is to be. */
public final class NewPasswordField extends PasswordField {

    public NewPasswordField(String label) {
        setLabel(label);
        setHelperText(getTranslation("password.help", AccessService.MIN_PASSWORD_LENGTH));
        setErrorMessage(
                getTranslation("password.wrong", AccessService.MIN_PASSWORD_LENGTH, AccessService.MAX_PASSWORD_LENGTH));
        setRequiredIndicatorVisible(true);
        setWidthFull();
        getElement().setAttribute("autocomplete", "new-password");
    }

    /** Marks the field if what it holds cannot be a password. */
    public boolean complete() {
        int length = getValue().length();
        setInvalid(length < AccessService.MIN_PASSWORD_LENGTH || length > AccessService.MAX_PASSWORD_LENGTH);
        return !isInvalid();
    }
}
