package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Dialogs that several views need. */
public final class Dialogs {

    private Dialogs() {}

    /** Asks before something is done that cannot be undone. */
    public static void confirm(String title, String sentence, String action, Runnable deed) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(title);
        dialog.setText(sentence);
        dialog.setCancelable(true);
        dialog.setCancelText(dialog.getTranslation("cancel"));
        dialog.setConfirmText(action);
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(confirm -> deed.run());
        dialog.open();
    }

    /** Shows something this once; it goes away only by its button. */
    public static void showOnce(String title, String done, Component... content) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(title);
        dialog.setWidth("32rem");
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        Div body = new Div(content);
        body.addClassName("sb-form");
        dialog.add(body);
        dialog.getFooter().add(Buttons.primary(done, VaadinIcon.CHECK, dialog::close));
        dialog.open();
    }

    /** A sentence that is not to be overlooked. */
    public static Component warning(String sentence) {
        Paragraph warning = new Paragraph(sentence);
        warning.addClassName("sb-warning");
        return warning;
    }
}
