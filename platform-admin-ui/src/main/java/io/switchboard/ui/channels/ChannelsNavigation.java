package io.switchboard.ui.channels;

import com.vaadin.flow.component.html.Anchor;

/** Ways from other pages to channels. */
public final class ChannelsNavigation {

    private ChannelsNavigation() {}

    public static Anchor list(String text) {
        return new Anchor("channels", text);
    }
}
