package io.switchboard.ui.signin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.switchboard.access.PasswordResetService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.NewPasswordField;

/** Where the link to a new password leads. */
@Route(value = "reset/:token", autoLayout = false)
@AnonymousAllowed
class ResetView extends DoorView implements BeforeEnterObserver {

    private final PasswordResetService resets;
    private final NewPasswordField password;

    private String token = "";

    ResetView(PasswordResetService resets) {
        this.resets = resets;
        password = new NewPasswordField(getTranslation("reset.password"));
        password.setAutofocus(true);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        token = event.getRouteParameters().get("token").orElse("");
        resets.find(token).ifPresentOrElse(this::show, this::showInvalidLink);
    }

    private void show(EmailAddress email) {
        Div form = new Div(password, Buttons.primary(getTranslation("reset.submit"), VaadinIcon.CHECK, this::submit));
        form.addClassName("sb-form");
        show(getTranslation("reset.title"), getTranslation("reset.lead", email), form);
    }

    private void submit() {
        if (!password.complete()) {
            return;
        }
        if (resets.redeem(token, password.getValue())) {
            show(getTranslation("reset.done"), getTranslation("reset.done.sentence"), toSignIn());
            return;
        }
        showInvalidLink();
    }
}
