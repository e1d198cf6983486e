package io.switchboard.channels;

import java.util.List;

/**
 * What a provider asks for when a number is connected, beside the name and the bot.
 *
 * @param name in the API and in {@link NewChannel}
 * @param secret true for a credential, which is stored encrypted and never shown again
 * @param changeable true for one that may change later; of the others another value makes another channel
 */
public record ChannelField(String name, boolean secret, boolean required, boolean changeable) {

    /** In the order in which a form asks for them. */
    public static List<ChannelField> of(ChannelProvider provider) {
        return ProviderRules.of(provider).fields();
    }

    static ChannelField setting(String name) {
        return new ChannelField(name, false, true, false);
    }

    static ChannelField changeable(String name) {
        return new ChannelField(name, false, true, true);
    }

    static ChannelField optional(String name) {
        return new ChannelField(name, false, false, false);
    }

    static ChannelField credential(String name) {
        return new ChannelField(name, true, true, true);
    }
}
