package io.switchboard.ui.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Where people sign in; the form is posted to the security filters, never to this view. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class SignInView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final LoginForm form = new LoginForm();

    SignInView() {
        addClassName("sb-signin");
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(texts());
        Div card =
                new Div(brand(), new H1(getTranslation("signin.title")), new Paragraph(getTranslation("signin.lead")));
        card.addClassName("sb-signin-card");
        card.add(form);
        add(story(), new Div(card));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        form.setError(event.getLocation().getQueryParameters().getParameters().containsKey("error"));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("signin.title") + " · Switchboard";
    }

    private Component brand() {
        Image logo = new Image("assets/logo.svg", "");
        logo.addClassName("sb-logo");
        Div brand = new Div(logo, new Span("Switchboard"));
        brand.addClassName("sb-brand");
        return brand;
    }

    private Component story() {
        Paragraph claim = new Paragraph(getTranslation("signin.claim"));
        claim.addClassName("sb-signin-claim");
        UnorderedList points = new UnorderedList(
                point("signin.point.upload"), point("signin.point.ask"), point("signin.point.source"));
        Div words = new Div(claim, points);
        words.addClassName("sb-signin-words");
        Div story = new Div(words);
        story.addClassName("sb-signin-story");
        return story;
    }

    private ListItem point(String key) {
        Component tick = VaadinIcon.CHECK_CIRCLE_O.create();
        tick.getElement().setAttribute("aria-hidden", "true");
        return new ListItem(tick, new Span(getTranslation(key)));
    }

    private LoginI18n texts() {
        LoginI18n texts = LoginI18n.createDefault();
        LoginI18n.Form labels = texts.getForm();
        labels.setTitle("");
        labels.setUsername(getTranslation("signin.email"));
        labels.setPassword(getTranslation("signin.password"));
        labels.setSubmit(getTranslation("signin.submit"));
        LoginI18n.ErrorMessage refused = texts.getErrorMessage();
        refused.setTitle(getTranslation("signin.refused.title"));
        refused.setMessage(getTranslation("signin.refused.sentence"));
        refused.setUsername(getTranslation("signin.email.missing"));
        refused.setPassword(getTranslation("signin.password.missing"));
        return texts;
    }
}
