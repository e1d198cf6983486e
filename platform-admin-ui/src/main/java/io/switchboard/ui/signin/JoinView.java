package io.switchboard.ui.signin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Joining;
import io.switchboard.access.OpenInvitation;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.shell.NoTenantException;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;

/** Where somebody with an account, signed in by now, says yes to an invitation. */
@Route(value = "join/:token", autoLayout = false)
@PermitAll
class JoinView extends DoorView implements BeforeEnterObserver {

    private final InvitationService invitations;
    private final Session session;

    private String token = "";

    JoinView(InvitationService invitations, Session session) {
        this.invitations = invitations;
        this.session = session;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        token = event.getRouteParameters().get("token").orElse("");
        invitations.find(token).ifPresentOrElse(this::show, this::showInvalidLink);
    }

    private void show(OpenInvitation invitation) {
        EmailAddress own = session.user().map(User::email).orElseThrow(NoTenantException::new);
        String title = getTranslation("join.title", invitation.tenant());
        if (!invitation.email().equals(own)) {
            Div out = new Div(Buttons.primary(getTranslation("shell.signout"), VaadinIcon.SIGN_OUT, session::signOut));
            show(title, getTranslation("join.other", invitation.email(), own), out);
            return;
        }
        Div accept = new Div(Buttons.primary(getTranslation("join.submit"), VaadinIcon.CHECK, this::accept));
        show(title, getTranslation("join.role", getTranslation("role." + invitation.role())), accept);
    }

    private void accept() {
        User user = session.user().orElseThrow(NoTenantException::new);
        if (invitations.accept(token, user) instanceof Joining.Joined) {
            // the whole page anew, as the frame around it shows the organisations
            getUI().ifPresent(ui -> ui.getPage().setLocation("."));
            return;
        }
        showInvalidLink();
    }
}
