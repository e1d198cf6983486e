package io.switchboard.ui.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Joining;
import io.switchboard.access.OpenInvitation;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.NewPasswordField;

/** Where the link of an invitation leads: a new account is made here, somebody with an account signs in first. */
@Route(value = "invitation/:token", autoLayout = false)
@AnonymousAllowed
class InvitationView extends DoorView implements BeforeEnterObserver {

    private static final int MAX_NAME_LENGTH = 120;

    private final InvitationService invitations;
    private final TextField name = new TextField();
    private final NewPasswordField password;

    private String token = "";

    InvitationView(InvitationService invitations) {
        this.invitations = invitations;
        name.setLabel(getTranslation("join.name"));
        name.setMaxLength(MAX_NAME_LENGTH);
        name.setErrorMessage(getTranslation("form.missing"));
        name.setRequiredIndicatorVisible(true);
        name.setWidthFull();
        name.getElement().setAttribute("autocomplete", "name");
        password = new NewPasswordField(getTranslation("join.password"));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        token = event.getRouteParameters().get("token").orElse("");
        invitations.find(token).ifPresentOrElse(this::show, this::showInvalidLink);
    }

    private void show(OpenInvitation invitation) {
        String title = getTranslation("join.title", invitation.tenant());
        String role = getTranslation("role." + invitation.role());
        if (invitation.accountExists()) {
            show(title, getTranslation("join.existing", invitation.email(), role), toJoin());
            return;
        }
        Div form =
                new Div(name, password, Buttons.primary(getTranslation("join.submit"), VaadinIcon.CHECK, this::submit));
        form.addClassName("sb-form");
        show(title, getTranslation("join.new", invitation.email(), role), form);
    }

    private Component toJoin() {
        Anchor link = new Anchor("join/" + token, getTranslation("join.signin"));
        link.addClassName("sb-link-button");
        link.setRouterIgnore(true);
        return new Div(link);
    }

    private void submit() {
        name.setInvalid(name.getValue().isBlank());
        if (!password.complete() || name.isInvalid()) {
            return;
        }
        switch (invitations.join(token, name.getValue().strip(), password.getValue())) {
            case Joining.Joined(var user) ->
                show(
                        getTranslation("join.done", user.name()),
                        getTranslation("join.done.sentence", user.email()),
                        toSignIn());
            case Joining.LinkInvalid() -> showInvalidLink();
            case Joining.AccountExists() -> invitations.find(token).ifPresentOrElse(this::show, this::showInvalidLink);
        }
    }
}
