package io.switchboard.ui.bots;

import com.vaadin.flow.component.html.Anchor;
import io.switchboard.kernel.BotId;

/** Ways from other pages to bots. */
public final class BotsNavigation {

    private BotsNavigation() {}

    public static Anchor list(String text) {
        return new Anchor("bots", text);
    }

    public static String path(BotId bot) {
        return "bots/" + bot;
    }
}
