package io.switchboard.ui.people;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.access.AccessService;
import io.switchboard.access.HelpDeskService;
import io.switchboard.access.Membership;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.HandOver;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.NoTenantException;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;

/** Finds a person by their address and helps them back in, or keeps them out. */
@Route("people")
@Menu(title = "nav.people", icon = "vaadin:user-card", order = 21)
@RolesAllowed("OPERATOR")
class PeopleView extends Page {

    private final AccessService access;
    private final HelpDeskService desk;
    private final TwoFactorService twoFactor;
    private final HandOver handOver;
    private final Session session;
    private final EmailField email = new EmailField();
    private final Div result = new Div();

    PeopleView(
            AccessService access,
            HelpDeskService desk,
            TwoFactorService twoFactor,
            HandOver handOver,
            Session session) {
        super("people");
        this.access = access;
        this.desk = desk;
        this.twoFactor = twoFactor;
        this.handOver = handOver;
        this.session = session;
        email.setAriaLabel(getTranslation("signin.email"));
        email.setPlaceholder(getTranslation("people.placeholder"));
        email.setErrorMessage(getTranslation("tenant.email.wrong"));
        email.setAutofocus(true);
        email.addClassName("sb-grow");
        email.addKeyPressListener(Key.ENTER, press -> find());
        Div bar = new Div(email, Buttons.primary(getTranslation("people.find"), VaadinIcon.SEARCH, this::find));
        bar.addClassName("sb-askbar");
        result.add(new EmptyState(
                VaadinIcon.USER_CARD, getTranslation("people.empty"), getTranslation("people.empty.sentence")));
        add(bar, result);
    }

    private void find() {
        try {
            EmailAddress address = new EmailAddress(email.getValue());
            email.setInvalid(false);
            session.requireOperator();
            show(access.findUser(address));
        } catch (IllegalArgumentException _) {
            email.setInvalid(true);
        }
    }

    private void show(Optional<User> found) {
        result.removeAll();
        result.add(found.<Component>map(this::panel)
                .orElseGet(() -> new EmptyState(
                        VaadinIcon.USER_CARD, getTranslation("people.none"), getTranslation("people.none.sentence"))));
    }

    private Panel panel(User person) {
        boolean secondFactor = twoFactor.state(person.id()).on();
        Div badges = new Div(badge(person.suspended() ? "people.suspended" : "people.active", person.suspended()));
        badges.addClassName("sb-row");
        if (person.operator()) {
            badges.add(badge("people.operator", false));
        }
        if (secondFactor) {
            badges.add(badge("twofactor.title", false));
        }
        Span address = new Span(person.email().value());
        address.addClassNames("sb-quiet", "sb-text");
        Div body = new Div(badges, address, places(person), actions(person, secondFactor));
        body.addClassName("sb-form");
        return new Panel(person.name(), body);
    }

    private Badge badge(String key, boolean bad) {
        Badge badge = new Badge(getTranslation(key));
        badge.addThemeVariants(bad ? BadgeVariant.WARNING : BadgeVariant.SUCCESS);
        return badge;
    }

    private Component places(User person) {
        Div places = new Div();
        places.addClassName("sb-cell");
        for (Membership membership : access.memberships(person.id())) {
            places.add(new Span(getTranslation(
                    "people.place", membership.tenant().name(), getTranslation("role." + membership.role()))));
        }
        return places;
    }

    private Component actions(User person, boolean secondFactor) {
        Div actions = new Div(
                Buttons.plain(getTranslation("member.reset"), VaadinIcon.ENVELOPE_O, () -> sendLink(person)),
                Buttons.plain(getTranslation("account.sessions.end"), VaadinIcon.SIGN_OUT, () -> signOut(person)));
        actions.addClassName("sb-row");
        if (secondFactor) {
            actions.add(Buttons.plain(
                    getTranslation("people.twofactor.reset"), VaadinIcon.SHIELD, () -> confirmReset(person)));
        }
        actions.add(
                person.suspended()
                        ? Buttons.quiet(getTranslation("tenant.resume"), () -> suspend(person, false))
                        : Buttons.quiet(getTranslation("tenant.suspend"), () -> confirmSuspend(person)));
        return actions;
    }

    private User operator() {
        return session.user().filter(User::operator).orElseThrow(NoTenantException::new);
    }

    private void sendLink(User person) {
        handOver.resetLink(person.name(), person.email(), desk.offerPasswordLink(operator(), person));
    }

    private void signOut(User person) {
        desk.signOut(operator(), person);
        Notice.done(getTranslation("people.signedout", person.name()));
    }

    private void confirmReset(User person) {
        Dialogs.confirm(
                getTranslation("people.twofactor.title", person.name()),
                getTranslation("people.twofactor.sentence"),
                getTranslation("people.twofactor.reset"),
                () -> {
                    desk.resetSecondFactor(operator(), person);
                    Notice.done(getTranslation("people.twofactor.done", person.name()));
                    find();
                });
    }

    private void confirmSuspend(User person) {
        Dialogs.confirm(
                getTranslation("tenant.suspend.title", person.name()),
                getTranslation("people.suspend.sentence"),
                getTranslation("tenant.suspend"),
                () -> suspend(person, true));
    }

    private void suspend(User person, boolean suspended) {
        if (desk.changeSuspension(operator(), person, suspended)) {
            Notice.done(getTranslation(suspended ? "people.is.suspended" : "people.is.resumed", person.name()));
        } else {
            Notice.problem(getTranslation("people.self"));
        }
        find();
    }
}
