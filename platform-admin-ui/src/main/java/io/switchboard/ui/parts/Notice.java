package io.switchboard.ui.parts;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** A short message that goes away by itself. */
public final class Notice {

    private static final int SHORT_MILLIS = 4_000;
    private static final int LONG_MILLIS = 10_000;

    private Notice() {}

    public static void done(String text) {
        show(text, SHORT_MILLIS, NotificationVariant.SUCCESS);
    }

    /** Something did not work; stays longer, and is announced at once to those who listen. */
    public static void problem(String text) {
        show(text, LONG_MILLIS, NotificationVariant.ERROR);
    }

    private static void show(String text, int millis, NotificationVariant variant) {
        Notification notification = new Notification(text, millis, Notification.Position.BOTTOM_END);
        notification.addThemeVariants(variant);
        notification.setAssertive(variant == NotificationVariant.ERROR);
        notification.open();
    }
}
