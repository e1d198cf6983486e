package io.switchboard.channels;

import io.switchboard.outbound.WebAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's channel needs.
 *
 * @param rules for its fields, in the order in which a form asks for them
 * @param claimField the field that a second channel for the same number is refused by
 * @param claim names the number among all channels of the provider; null if there may be many
 */
record ProviderRules(
        List<Rule> rules, String claimField, String claimTaken, Function<NewChannel, @Nullable String> claim) {

    private static final String ORIGIN = "https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?";
    private static final int MAX_SECRET_LENGTH = 4096;
    private static final Predicate<String> SECRET =
            Pattern.compile("[!-~]{1," + MAX_SECRET_LENGTH + "}").asMatchPredicate();

    /** @param problem continues the sentence that the field's name starts */
    record Rule(ChannelField field, Predicate<String> holds, String problem) {

        static Rule of(ChannelField field, String pattern, String problem) {
            return new Rule(field, Pattern.compile(pattern).asMatchPredicate(), problem);
        }

        static Rule secret(String name) {
            return new Rule(
                    ChannelField.credential(name),
                    SECRET,
                    "has a blank inside, a character outside ASCII, or is too long");
        }
    }

    static ProviderRules of(ChannelProvider provider) {
        return switch (provider) {
            case META ->
                new ProviderRules(
                        List.of(
                                Rule.of(
                                        ChannelField.setting("phoneNumberId"),
                                        "[0-9]{1,32}",
                                        "has digits only; Meta shows it as \"Phone number ID\" under API setup, it is not the number"),
                                Rule.secret("accessToken"),
                                Rule.secret("appSecret")),
                        "phoneNumberId",
                        "is in use by a channel already",
                        channel -> channel.settings().get("phoneNumberId"));
            case TWILIO ->
                new ProviderRules(
                        List.of(
                                Rule.of(
                                        ChannelField.setting("accountSid"),
                                        "[A-Za-z0-9]{1,64}",
                                        "has letters and digits only; Twilio's console shows it as \"Account SID\", beginning with AC"),
                                Rule.secret("authToken"),
                                Rule.of(
                                        ChannelField.setting("from"),
                                        "whatsapp:\\+[0-9]{5,15}",
                                        "is a WhatsApp sender such as whatsapp:+14155238886"),
                                Rule.of(
                                        ChannelField.optional("messagingServiceSid"),
                                        "[A-Za-z0-9]{1,64}",
                                        "has letters and digits only, beginning with MG")),
                        "from",
                        "is in use by a channel already",
                        channel -> channel.settings().get("accountSid") + " "
                                + channel.settings().get("from")); // the sandbox's number is everybody's
            case WAHA ->
                new ProviderRules(
                        List.of(
                                new Rule(
                                        ChannelField.setting("baseUrl"),
                                        ProviderRules::isBase,
                                        "is a web address without question mark, such as https://waha.example.org"),
                                Rule.secret("apiKey"),
                                Rule.of(
                                        ChannelField.setting("session"),
                                        "[A-Za-z0-9_.-]{1,64}",
                                        "has letters, digits, dots, dashes and underscores, such as default"),
                                Rule.secret("hmacKey")),
                        "session",
                        "is in use by a channel already",
                        channel ->
                                channel.settings().getOrDefault("baseUrl", "").replaceAll("/+$", "") + " "
                                        + channel.settings().get("session"));
            case WEBCHAT ->
                new ProviderRules(
                        List.of(Rule.of(
                                ChannelField.changeable("allowedOrigins"),
                                ORIGIN + "([\\s,]+" + ORIGIN + "){0,19}",
                                "is one to 20 origins such as https://www.example.org, without a path")),
                        "name",
                        "is in use by a channel already",
                        channel -> null);
            case SIMULATOR ->
                new ProviderRules(
                        List.of(),
                        "botId",
                        "has a simulator already",
                        channel -> channel.bot().toString());
        };
    }

    private static boolean isBase(String typed) {
        return WebAddress.parse(typed) instanceof WebAddress.Parsing.Good(var address)
                && !address.target().contains("?")
                && !typed.contains("#");
    }

    List<ChannelField> fields() {
        return rules.stream().map(Rule::field).toList();
    }

    Optional<ChannelCreation.Invalid> check(NewChannel channel) {
        return checkKnown(channel.provider(), channel.settings(), false)
                .or(() -> rules.stream()
                        .flatMap(rule ->
                                check(rule, rule.field().secret() ? channel.credentials() : channel.settings())
                                        .stream())
                        .findFirst())
                .or(() -> checkCredentials(channel.provider(), channel.credentials()));
    }

    /** Checks secrets that are given; those that are not may be stored already. */
    Optional<ChannelCreation.Invalid> checkCredentials(ChannelProvider provider, Map<String, String> given) {
        return checkKnown(provider, given, true)
                .or(() -> rules.stream()
                        .filter(rule -> rule.field().secret()
                                && given.containsKey(rule.field().name()))
                        .flatMap(rule -> check(rule, given).stream())
                        .findFirst());
    }

    /** Checks settings that are to change; those of the number itself stay. */
    Optional<ChannelCreation.Invalid> checkChanges(ChannelProvider provider, Map<String, String> given) {
        return checkKnown(provider, given, false)
                .or(() -> rules.stream()
                        .filter(rule -> !rule.field().secret()
                                && given.containsKey(rule.field().name()))
                        .flatMap(rule -> checkChange(rule, given).stream())
                        .findFirst());
    }

    private static Optional<ChannelCreation.Invalid> checkChange(Rule rule, Map<String, String> given) {
        return rule.field().changeable()
                ? check(rule, given)
                : Optional.of(new ChannelCreation.Invalid(
                        rule.field().name(), "cannot change: another one is another channel"));
    }

    private Optional<ChannelCreation.Invalid> checkKnown(
            ChannelProvider provider, Map<String, String> given, boolean secret) {
        return given.keySet().stream()
                .filter(name -> rules.stream()
                        .map(Rule::field)
                        .noneMatch(field ->
                                field.secret() == secret && field.name().equals(name)))
                .findFirst()
                .map(name -> new ChannelCreation.Invalid(name, "is not known for provider " + provider.slug()));
    }

    private static Optional<ChannelCreation.Invalid> check(Rule rule, Map<String, String> given) {
        String name = rule.field().name();
        String value = given.get(name);
        if (value == null || value.isBlank()) {
            return rule.field().required()
                    ? Optional.of(new ChannelCreation.Invalid(name, "is required"))
                    : Optional.empty();
        }
        return rule.holds().test(value)
                ? Optional.empty()
                : Optional.of(new ChannelCreation.Invalid(name, rule.problem()));
    }
}
