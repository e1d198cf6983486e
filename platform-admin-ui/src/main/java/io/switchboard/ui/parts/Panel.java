package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;

/** A part of a page with a heading and a border around it. */
public final class Panel extends Section {

    private final Div body = new Div();
    private final Header header;

    public Panel(String title, Component... content) {
        addClassName("sb-panel");
        body.addClassName("sb-panel-body");
        body.add(content);
        header = new Header(new H2(title));
        add(header, body);
    }

    /** Puts something at the end of the heading's line. */
    public Panel withAction(Component action) {
        header.add(action);
        return this;
    }

    /** Replaces what the panel shows. */
    public void show(Component... content) {
        body.removeAll();
        body.add(content);
    }
}
