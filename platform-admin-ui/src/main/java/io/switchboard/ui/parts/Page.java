package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;

/** A view with a heading, a sentence on what it is for, and the actions that concern it as a whole. */
public abstract class Page extends Div implements HasDynamicTitle {

    private final H1 title = new H1();
    private final Paragraph lead = new Paragraph();
    private final Div actions = new Div();

    /** @param key of the texts: {@code key.title} and {@code key.lead} */
    @SuppressWarnings("this-escape") // components build themselves; nothing here is overridden
    protected Page(String key) {
        addClassName("sb-page");
        title.setText(getTranslation(key + ".title"));
        lead.setText(getTranslation(key + ".lead"));
        lead.addClassName("sb-lead");
        actions.addClassName("sb-actions");
        Div words = new Div(title, lead);
        words.addClassName("sb-page-words");
        Header header = new Header(words, actions);
        header.addClassName("sb-page-header");
        add(header);
    }

    /** For views whose heading is the name of what they show. */
    protected final void setHeading(String text, String sentence) {
        title.setText(text);
        lead.setText(sentence);
    }

    protected final void addActions(Component... components) {
        actions.add(components);
    }

    /** One view shows one object after the other; each begins with this, or the actions of the one before would stay. */
    protected final void clearActions() {
        actions.removeAll();
    }

    @Override
    public String getPageTitle() {
        return title.getText() + " · Switchboard";
    }
}
