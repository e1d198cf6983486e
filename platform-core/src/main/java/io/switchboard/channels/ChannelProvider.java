package io.switchboard.channels;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who carries the messages of a channel. */
public enum ChannelProvider {
    /** Meta's WhatsApp Cloud API. */
    META,
    /** The phone in the browser. */
    SIMULATOR;

    /** Name in the API and in addresses. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ChannelProvider> fromSlug(String slug) {
        return Arrays.stream(values())
                .filter(provider -> provider.slug().equals(slug))
                .findFirst();
    }
}
