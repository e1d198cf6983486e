package io.switchboard.ui.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;

/** A page for people who are not inside yet: what this is on one side, and a card with what to do on the other. */
abstract class DoorView extends Main implements HasDynamicTitle {

    private final H1 title = new H1();
    private final Div card = new Div();

    @SuppressWarnings("this-escape") // components build themselves; nothing here is overridden
    DoorView() {
        addClassName("sb-signin");
        card.addClassName("sb-signin-card");
        add(story(), new Div(card));
    }

    /** Replaces what the card shows. */
    final void show(String heading, String lead, Component... content) {
        title.setText(heading);
        card.removeAll();
        card.add(brand(), title, new Paragraph(lead));
        card.add(content);
    }

    /** As {@link #show}, for a link that is good for nothing: the same words whatever the reason. */
    final void showInvalidLink() {
        show(getTranslation("link.invalid.title"), getTranslation("link.invalid.sentence"), toSignIn());
    }

    final Component toSignIn() {
        Anchor link = new Anchor("login", getTranslation("signin.open"));
        link.addClassName("sb-link-button");
        return new Div(link);
    }

    @Override
    public String getPageTitle() {
        return title.getText() + " · Switchboard";
    }

    private static Component brand() {
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
}
