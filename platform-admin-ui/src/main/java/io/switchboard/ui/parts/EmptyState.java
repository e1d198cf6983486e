package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;

/** What stands where nothing is yet: why, and what to do about it. */
public final class EmptyState extends Div {

    public EmptyState(VaadinIcon icon, String title, String sentence, Component... actions) {
        addClassName("sb-empty");
        Component picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        Div circle = new Div(picture);
        circle.addClassName("sb-empty-icon");
        add(circle, new H3(title), new Paragraph(sentence));
        add(actions);
    }
}
