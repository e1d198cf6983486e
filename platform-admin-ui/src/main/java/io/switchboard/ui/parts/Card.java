package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.icon.VaadinIcon;

/** One of several things to open: a name, a few facts, and the whole of it a link. */
public final class Card extends Anchor {

    public Card(String path, VaadinIcon icon, String name, Component... facts) {
        super(path);
        addClassName("sb-card");
        Component picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        Div row = new Div(facts);
        row.addClassNames("sb-quiet", "sb-row");
        Div words = new Div(new H2(name), row);
        words.addClassName("sb-card-words");
        add(picture, words);
    }
}
