package io.switchboard.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.annotation.SpringComponent;
import io.switchboard.access.Caller;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Inviting;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Role;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.HandOver;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;

/** Invitations that nobody has accepted yet; hidden where there are none. */
@SpringComponent
@Scope(BeanDefinition.SCOPE_PROTOTYPE)
class InvitationList extends Div {

    private static final int SHOWN = 200;

    private final transient InvitationService invitations;
    private final transient HandOver handOver;
    private final transient Session session;
    private final transient Clock clock;
    private final Div rows = new Div();

    InvitationList(InvitationService invitations, HandOver handOver, Session session, Clock clock) {
        this.invitations = invitations;
        this.handOver = handOver;
        this.session = session;
        this.clock = clock;
        rows.addClassName("sb-rows");
        add(new Panel(getTranslation("invitations.title"), rows));
    }

    void fill() {
        var tenant = session.tenantFor(Permission.MANAGE_MEMBERS);
        List<Invitation> open = Pages.first(SHOWN, page -> invitations.list(tenant, page));
        setVisible(!open.isEmpty());
        rows.removeAll();
        open.forEach(invitation -> rows.add(row(invitation)));
    }

    /** Opens the dialog that asks for a guest. */
    void invite() {
        new InviteDialog(session.callerFor(Permission.MANAGE_MEMBERS), this::invite).open();
    }

    /** Answers whether the dialog is done. */
    private boolean invite(EmailAddress email, Role role) {
        Caller caller = session.callerFor(Permission.MANAGE_MEMBERS);
        return switch (invitations.invite(caller.tenantId(), caller, email, role)) {
            case Inviting.Invited(var invitation, var link) -> {
                handOver.invitation(invitation, link);
                fill();
                yield true;
            }
            case Inviting.AlreadyMember() -> {
                Notice.problem(getTranslation("invitation.member", email));
                yield false;
            }
            case Inviting.RoleTooHigh() -> {
                Notice.problem(getTranslation("role.toohigh"));
                yield false;
            }
        };
    }

    private Component row(Invitation invitation) {
        Span email = new Span(invitation.email().value());
        email.addClassNames("sb-inbox-contact", "sb-text");
        Div facts = new Div(new Badge(getTranslation("role." + invitation.role())), life(invitation));
        facts.addClassNames("sb-row", "sb-quiet");
        Div words = new Div(email, facts);
        words.addClassNames("sb-cell", "sb-grow");
        Button again =
                Buttons.quiet(getTranslation("invitation.again"), () -> invite(invitation.email(), invitation.role()));
        again.setAriaLabel(getTranslation("invitation.again.label", invitation.email()));
        Button withdraw = Buttons.quiet(getTranslation("invitation.withdraw"), () -> withdraw(invitation));
        withdraw.setAriaLabel(getTranslation("invitation.withdraw.label", invitation.email()));
        Div row = new Div(words, again, withdraw);
        row.addClassNames("sb-row", "sb-rows-row");
        return row;
    }

    private Component life(Invitation invitation) {
        if (invitation.expired(clock.instant())) {
            Badge expired = new Badge(getTranslation("invitation.expired"));
            expired.addThemeVariants(BadgeVariant.WARNING);
            return expired;
        }
        return new Span(
                getTranslation("invitation.until", invitation.invitedBy(), Moments.date(invitation.expiresAt())));
    }

    private void withdraw(Invitation invitation) {
        Caller caller = session.callerFor(Permission.MANAGE_MEMBERS);
        invitations.withdraw(caller.tenantId(), caller, invitation.id());
        Notice.done(getTranslation("invitation.withdrawn", invitation.email()));
        fill();
    }
}
