package io.switchboard.ui.signin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetRequest;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.ui.parts.Buttons;
import java.time.Duration;

/** Where people ask for a link to a new password; what they are told does not depend on whether they have an account. */
@Route(value = "forgot", autoLayout = false)
@AnonymousAllowed
class ForgotView extends DoorView {

    private final PasswordResetService resets;
    private final EmailField email = new EmailField();

    ForgotView(PasswordResetService resets) {
        this.resets = resets;
        if (!resets.available()) {
            show(getTranslation("forgot.title"), getTranslation("forgot.unavailable"), toSignIn());
            return;
        }
        email.setLabel(getTranslation("signin.email"));
        email.setErrorMessage(getTranslation("signin.email.missing"));
        email.setRequiredIndicatorVisible(true);
        email.setAutofocus(true);
        email.setWidthFull();
        Div form =
                new Div(email, Buttons.primary(getTranslation("forgot.submit"), VaadinIcon.ENVELOPE_O, this::submit));
        form.addClassName("sb-form");
        show(getTranslation("forgot.title"), getTranslation("forgot.lead"), form);
    }

    private void submit() {
        try {
            switch (resets.request(new EmailAddress(email.getValue()))) {
                case ResetRequest.Taken() ->
                    show(getTranslation("forgot.done"), getTranslation("forgot.done.sentence"), toSignIn());
                case ResetRequest.TooMany(Duration wait) ->
                    show(
                            getTranslation("forgot.wait"),
                            getTranslation(
                                    "forgot.wait.sentence", wait.plusSeconds(59).toMinutes()),
                            toSignIn());
                case ResetRequest.NoMail() ->
                    show(getTranslation("forgot.title"), getTranslation("forgot.unavailable"), toSignIn());
            }
        } catch (IllegalArgumentException _) {
            email.setInvalid(true);
        }
    }
}
