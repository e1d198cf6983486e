package io.switchboard.ui.parts;

import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.RouteParameters;
import java.util.UUID;

/** Reads ids from the addresses of views. */
public final class Addresses {

    private Addresses() {}

    /** @throws NotFoundException if the address holds no well-formed id of that name */
    public static UUID id(RouteParameters parameters, String name) {
        String text = parameters.get(name).orElse("");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("no id: " + text);
        }
    }

    /** A query parameter, or nothing at all as the empty text. */
    public static String query(BeforeEvent event, String name) {
        return event.getLocation().getQueryParameters().getSingleParameter(name).orElse("");
    }
}
