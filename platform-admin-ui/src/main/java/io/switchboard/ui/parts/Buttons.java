package io.switchboard.ui.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Buttons as they look everywhere. */
public final class Buttons {

    private Buttons() {}

    /** The one action that a page or dialog is for. */
    public static Button primary(String text, VaadinIcon icon, Runnable action) {
        Button button = plain(text, icon, action);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    public static Button plain(String text, VaadinIcon icon, Runnable action) {
        return new Button(text, icon.create(), click -> action.run());
    }

    public static Button quiet(String text, Runnable action) {
        Button button = new Button(text, click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        return button;
    }

    /** A button without words; its name is read out and shown as a tooltip. */
    public static Button icon(VaadinIcon icon, String name, Runnable action) {
        Button button = new Button(icon.create(), click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(name);
        button.setTooltipText(name);
        return button;
    }
}
