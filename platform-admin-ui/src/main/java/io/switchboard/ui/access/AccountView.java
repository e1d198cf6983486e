package io.switchboard.ui.access;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.Route;
import io.switchboard.access.AccountService;
import io.switchboard.access.Membership;
import io.switchboard.access.PasswordChange;
import io.switchboard.access.User;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.NewPasswordField;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.NoTenantException;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;

/** One's own password and sessions. */
@Route("account")
@PermitAll
class AccountView extends Page {

    private final AccountService accounts;
    private final Session session;
    private final PasswordField present = new PasswordField();
    private final NewPasswordField next;

    AccountView(AccountService accounts, TwoFactorPanel twoFactor, Session session) {
        super("account");
        this.accounts = accounts;
        this.session = session;
        next = new NewPasswordField(getTranslation("account.password.next"));
        User user = user();
        setHeading(getTranslation("account.title"), getTranslation("account.lead", user.name(), user.email()));
        Div side = new Div(twoFactor, sessionsPanel());
        side.addClassName("sb-stack");
        Div columns = new Div(passwordPanel(), side);
        columns.addClassName("sb-columns");
        if (session.membership().filter(Membership::closed).isPresent()) {
            add(Dialogs.warning(getTranslation("account.closed")));
        }
        add(columns);
    }

    private User user() {
        return session.user().orElseThrow(NoTenantException::new);
    }

    private Panel passwordPanel() {
        present.setLabel(getTranslation("account.password.present"));
        present.setRequiredIndicatorVisible(true);
        present.setWidthFull();
        present.getElement().setAttribute("autocomplete", "current-password");
        Paragraph note = new Paragraph(getTranslation("account.password.note"));
        note.addClassName("sb-quiet");
        Div form = new Div(
                present,
                next,
                note,
                new Div(Buttons.primary(getTranslation("account.password.submit"), VaadinIcon.CHECK, this::change)));
        form.addClassName("sb-form");
        return new Panel(getTranslation("account.password"), form);
    }

    private void change() {
        present.setErrorMessage(getTranslation("form.missing"));
        present.setInvalid(present.getValue().isEmpty());
        if (!next.complete() || present.isInvalid()) {
            return;
        }
        switch (accounts.changePassword(user().id(), present.getValue(), next.getValue())) {
            case PasswordChange.Changed(User changed) -> {
                session.goOnAs(changed);
                present.clear();
                next.clear();
                Notice.done(getTranslation("account.password.changed"));
            }
            case PasswordChange.WrongPassword() -> refuse("account.password.wrong");
            case PasswordChange.TooManyAttempts() -> refuse("account.toomany");
        }
    }

    private void refuse(String key) {
        present.setErrorMessage(getTranslation(key));
        present.setInvalid(true);
    }

    private Panel sessionsPanel() {
        Paragraph sentence = new Paragraph(getTranslation("account.sessions.sentence"));
        sentence.addClassName("sb-quiet");
        Div body = new Div(
                sentence,
                new Div(Buttons.plain(getTranslation("account.sessions.end"), VaadinIcon.SIGN_OUT, this::confirmEnd)));
        body.addClassName("sb-form");
        return new Panel(getTranslation("account.sessions"), body);
    }

    private void confirmEnd() {
        Dialogs.confirm(
                getTranslation("account.sessions.title"),
                getTranslation("account.sessions.confirm"),
                getTranslation("account.sessions.end"),
                () -> {
                    accounts.endAllSessions(user().id());
                    session.signOut();
                });
    }
}
