package io.switchboard.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import io.switchboard.permissions.Requires;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Lets nobody into a view whose {@link Requires} their role in the chosen tenant does not meet. */
@Component
class ViewGuard implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // lives as long as the program; the service is never serialised
    private final ObjectProvider<Session> sessions;

    ViewGuard(ObjectProvider<Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> init.getUI().addBeforeEnterListener(this::check));
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(new PoliteErrors()));
    }

    private void check(BeforeEnterEvent entering) {
        Requires needs = entering.getNavigationTarget().getAnnotation(Requires.class);
        if (needs == null) {
            return;
        }
        Session session = sessions.getObject();
        if (session.may(needs.value())) {
            return;
        }
        if (session.membership().filter(Membership::closed).isPresent()) {
            entering.forwardTo("account");
            return;
        }
        boolean first = entering.getLocation().getPath().isEmpty();
        if (first
                && session.membership().isEmpty()
                && session.user().filter(User::operator).isPresent()) {
            entering.forwardTo("tenants");
            return;
        }
        if (first && session.membership().isEmpty()) {
            entering.forwardTo("no-tenant");
            return;
        }
        entering.rerouteToError(new NotFoundException(), "");
    }
}
