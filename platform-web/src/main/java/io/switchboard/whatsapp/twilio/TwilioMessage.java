package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.whatsapp.Payload;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A customer's message in a request to the webhook. */
final class TwilioMessage {

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
                Payload.idOf(id(parameters, "MessageSid", "SmsMessageSid", "SmsSid"), raw),
                customer(from, id(parameters, "ExternalUserId"), parameters.text("ProfileName")),
                TwilioContent.of(parameters),
                at,
                raw));
    }

    /** A phone, or the user id of somebody who shows none; both stand behind the same prefix. */
    private static Customer customer(String from, @Nullable String user, @Nullable String name) {
        Set<CustomerAlias> aliases = new HashSet<>();
        aliases.add(alias(from));
        if (user != null) {
            aliases.add(alias(user));
        }
        return new Customer(user == null ? from : user, from, name, aliases, Set.of());
    }

    private static CustomerAlias alias(String id) {
        return id.startsWith("whatsapp:+") ? CustomerAlias.phone(id) : CustomerAlias.userId(id);
    }

    /** The signature proves whose account called, not that the number in the request is this channel's. */
    static boolean isFor(Channel channel, TwilioParameters parameters) {
        return number(channel).equals(parameters.text("To"))
                && channel.settings().getOrDefault("accountSid", "").equals(parameters.text("AccountSid"));
    }

    static String number(Channel channel) {
        return channel.settings().getOrDefault("from", "");
    }

    private static @Nullable String id(TwilioParameters parameters, String... names) {
        String id = parameters.text(names);
        return id == null || id.length() > CustomerAlias.MAX_LENGTH ? null : id;
    }
}
