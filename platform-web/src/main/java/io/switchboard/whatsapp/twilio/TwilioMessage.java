package io.switchboard.whatsapp.twilio;

import static io.switchboard.whatsapp.Payload.idOf;

import io.switchboard.channels.Channel;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.InboundMessage;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A customer's message in a request to the webhook. */
final class TwilioMessage {

    private static final Pattern PHONE = Pattern.compile("whatsapp:\\+[0-9]+");

    private TwilioMessage() {}

    /**
     * Empty for what is not a customer's message to this channel: another account or number, a sender nobody can answer, our own words.
     *
     * @param at when Twilio got the message if it says so, else the arrival
     */
    static Optional<InboundMessage> read(Channel channel, TwilioParameters parameters, Instant at, JsonMapper json) {
        String from = id(parameters, "From");
        if (from == null || !isFor(channel, parameters) || from.equals(number(channel))) {
            return Optional.empty();
        }
        String raw = parameters.json(json);
        return Optional.of(new InboundMessage(
                idOf(parameters.text("MessageSid", "SmsMessageSid", "SmsSid"), raw),
                new Customer(from, from, parameters.text("ProfileName"), aliases(from, parameters), Set.of()),
                TwilioContent.of(parameters),
                at,
                raw));
    }

    /** The phone may be missing, and then the user's id stands in its place. */
    private static Set<CustomerAlias> aliases(String from, TwilioParameters parameters) {
        Set<CustomerAlias> aliases = new LinkedHashSet<>();
        aliases.add(PHONE.matcher(from).matches() ? CustomerAlias.phone(from) : CustomerAlias.userId(from));
        String user = id(parameters, "ExternalUserId");
        if (user != null) {
            aliases.add(CustomerAlias.userId(user));
        }
        return aliases;
    }

    /** The signature proves whose account called, not that the number in the request is this channel's. */
    private static boolean isFor(Channel channel, TwilioParameters parameters) {
        return number(channel).equals(parameters.text("To"))
                && channel.settings().getOrDefault("accountSid", "").equals(parameters.text("AccountSid"));
    }

    static String number(Channel channel) {
        return channel.settings().getOrDefault("from", "");
    }

    private static @Nullable String id(TwilioParameters parameters, String name) {
        String id = parameters.text(name);
        return id == null || id.length() > CustomerAlias.MAX_LENGTH ? null : id;
    }
}
