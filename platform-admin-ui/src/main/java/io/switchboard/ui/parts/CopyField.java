package io.switchboard.ui.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.clipboard.Clipboard;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;

/** A value that people carry to another program, with a button that copies it. */
public final class CopyField extends TextField {

    public CopyField(String label, String value) {
        super(label);
        setValue(value);
        setReadOnly(true);
        setWidthFull();
        Button copy = new Button(VaadinIcon.COPY_O.create());
        copy.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        String name = getTranslation("copy.label", label);
        copy.setAriaLabel(name);
        copy.setTooltipText(name);
        Clipboard.onClick(copy).writeText(value);
        copy.addClickListener(click -> Notice.done(getTranslation("copy.done", label)));
        setSuffixComponent(copy);
    }
}
