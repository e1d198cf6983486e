package io.switchboard.channels;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a channel of one provider must be given.
 *
 * @param settings rule of each setting, all of them required
 * @param credentials names of the secrets, all of them required
 * @param claimField the field that names what the channel claims
 * @param claim what only one channel of the installation may hold, such as a number
 */
record ProviderRules(
        Map<String, Rule> settings,
        Set<String> credentials,
        String claimField,
        String claimTaken,
        Function<NewChannel, @Nullable String> claim) {

    private static final int MAX_SECRET_LENGTH = 4096;
    private static final Predicate<String> PRINTABLE = Pattern.compile("[!-~]+").asMatchPredicate();

    /** @param problem continues the sentence that the field's name starts */
    record Rule(Predicate<String> holds, String problem) {}

    static ProviderRules of(ChannelProvider provider) {
        return switch (provider) {
            case META ->
                new ProviderRules(
                        Map.of(
                                "phoneNumberId",
                                new Rule(
                                        Pattern.compile("[0-9]{1,32}").asMatchPredicate(),
                                        "has digits only; Meta shows it as \"Phone number ID\" under API setup, it is not the number")),
                        Set.of("accessToken", "appSecret"),
                        "phoneNumberId",
                        "is in use by a channel already",
                        channel -> channel.settings().get("phoneNumberId"));
            case SIMULATOR ->
                new ProviderRules(
                        Map.of(),
                        Set.of(),
                        "botId",
                        "has a simulator already",
                        channel -> channel.bot().toString());
        };
    }

    Optional<ChannelCreation.Invalid> check(NewChannel channel) {
        for (String name : channel.settings().keySet()) {
            if (!settings.containsKey(name)) {
                return unknown(name, channel.provider());
            }
        }
        for (var setting : settings.entrySet()) {
            String value = channel.settings().get(setting.getKey());
            if (value == null || value.isBlank()) {
                return required(setting.getKey());
            }
            if (!setting.getValue().holds().test(value)) {
                return Optional.of(new ChannelCreation.Invalid(
                        setting.getKey(), setting.getValue().problem()));
            }
        }
        for (String name : credentials) {
            if (!channel.credentials().containsKey(name)) {
                return required(name);
            }
        }
        return checkCredentials(channel.provider(), channel.credentials());
    }

    /** Checks secrets that are given; those that are not may be stored already. */
    Optional<ChannelCreation.Invalid> checkCredentials(ChannelProvider provider, Map<String, String> given) {
        for (var credential : given.entrySet()) {
            if (!credentials.contains(credential.getKey())) {
                return unknown(credential.getKey(), provider);
            }
            String secret = credential.getValue();
            if (secret.isBlank()) {
                return required(credential.getKey());
            }
            if (secret.length() > MAX_SECRET_LENGTH || !PRINTABLE.test(secret)) {
                return Optional.of(new ChannelCreation.Invalid(
                        credential.getKey(), "has a blank inside, a character outside ASCII, or is too long"));
            }
        }
        return Optional.empty();
    }

    private static Optional<ChannelCreation.Invalid> required(String field) {
        return Optional.of(new ChannelCreation.Invalid(field, "is required"));
    }

    private static Optional<ChannelCreation.Invalid> unknown(String field, ChannelProvider provider) {
        return Optional.of(new ChannelCreation.Invalid(field, "is not known for provider " + provider.slug()));
    }
}
