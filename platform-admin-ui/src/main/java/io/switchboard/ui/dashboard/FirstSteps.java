package io.switchboard.ui.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;

/** From nothing to the first customer in three steps; each is ticked by what really is there. */
class FirstSteps extends Section {

    FirstSteps(Figures.Steps steps) {
        addClassName("sb-first-steps");
        OrderedList list = new OrderedList(
                step("upload", "knowledge", steps.uploaded()),
                step("ask", "simulator", steps.asked()),
                step("connect", "channels", steps.connected()));
        add(new H2(getTranslation("steps.title")), list);
    }

    private ListItem step(String key, String path, boolean done) {
        Component mark = (done ? VaadinIcon.CHECK_CIRCLE : VaadinIcon.CIRCLE_THIN).create();
        mark.getElement().setAttribute("role", "img");
        mark.getElement().setAttribute("aria-label", getTranslation(done ? "steps.done" : "steps.open"));
        Span sentence = new Span(getTranslation("steps." + key + ".sentence"));
        sentence.addClassName("sb-quiet");
        Div words = new Div(new Anchor(path, getTranslation("steps." + key)), sentence);
        words.addClassName("sb-cell");
        ListItem item = new ListItem(mark, words);
        item.setClassName("sb-step-done", done);
        return item;
    }
}
