package io.switchboard.channels;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who carries the messages of a channel. */
public enum ChannelProvider {
    /** Meta's WhatsApp Cloud API. */
    META,
    /** Twilio's Programmable Messaging, WhatsApp only. */
    TWILIO,
    /** WAHA, which tenants run themselves. */
    WAHA,
    /** A bot on the tenant's own web page. */
    WEBCHAT,
    /** The phone in the browser. */
    SIMULATOR;

    /** Name in the API and in addresses. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for one that people connect with secrets of their own. */
    public boolean isConnected() {
        return this != SIMULATOR;
    }

    public static Optional<ChannelProvider> fromSlug(String slug) {
        return Arrays.stream(values())
                .filter(provider -> provider.slug().equals(slug))
                .findFirst();
    }
}
