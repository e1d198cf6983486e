package io.switchboard.ui.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.SingleSignOnService;
import java.util.Set;

/** Where people sign in; the form is posted to the security filters, never to this view. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class SignInView extends DoorView implements BeforeEnterObserver {

    private final LoginForm form = new LoginForm();
    private final Paragraph refusal = new Paragraph();

    SignInView(PasswordResetService resets, SingleSignOnService singleSignOn) {
        form.setAction("login");
        form.setForgotPasswordButtonVisible(resets.available());
        form.addForgotPasswordListener(forgot -> forgot.getSource().getUI().ifPresent(ui -> ui.navigate("forgot")));
        form.setI18n(texts());
        refusal.setText(getTranslation("signin.sso.refused"));
        refusal.addClassName("sb-warning");
        Div other = singleSignOn.available() ? new Div(elsewhere()) : new Div();
        show(getTranslation("signin.title"), getTranslation("signin.lead"), refusal, form, other);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Set<String> told =
                event.getLocation().getQueryParameters().getParameters().keySet();
        form.setError(told.contains("error"));
        refusal.setVisible(told.contains("sso"));
    }

    private Component elsewhere() {
        Anchor link = new Anchor("oauth2/authorization/oidc", getTranslation("signin.sso"));
        link.addClassNames("sb-plain-button", "sb-sso");
        link.setRouterIgnore(true);
        return link;
    }

    private LoginI18n texts() {
        LoginI18n texts = LoginI18n.createDefault();
        LoginI18n.Form labels = texts.getForm();
        labels.setTitle("");
        labels.setUsername(getTranslation("signin.email"));
        labels.setPassword(getTranslation("signin.password"));
        labels.setSubmit(getTranslation("signin.submit"));
        labels.setForgotPassword(getTranslation("signin.forgot"));
        LoginI18n.ErrorMessage refused = texts.getErrorMessage();
        refused.setTitle(getTranslation("signin.refused.title"));
        refused.setMessage(getTranslation("signin.refused.sentence"));
        refused.setUsername(getTranslation("signin.email.missing"));
        refused.setPassword(getTranslation("signin.password.missing"));
        return texts;
    }
}
