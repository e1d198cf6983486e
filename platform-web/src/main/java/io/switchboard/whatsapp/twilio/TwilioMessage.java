package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.Channel;
import io.switchboard.conversations.InboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A customer's message in a request to the webhook. */
final class TwilioMessage {

    /** Twilio's ids have 34 characters, a user id 131 and a prefix; a longer one is none. */
    private static final int MAX_ID_LENGTH = 500;

    private static final int MAX_TEXT_LENGTH = 16_384;

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
        String user = id(parameters, "ExternalUserId");
        String raw = parameters.json(json);
        String id = id(parameters, "MessageSid", "SmsMessageSid", "SmsSid");
        TwilioContent content = TwilioContent.of(parameters);
        return Optional.of(new InboundMessage(
                id == null
                        ? "sha256:"
                                + HexFormat.of().formatHex(TwilioSignature.sha256(raw.getBytes(StandardCharsets.UTF_8)))
                        : id,
                content.kind(),
                user == null ? from : user,
                from,
                parameters.text("ProfileName"),
                cut(content.text()),
                at,
                raw));
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
        return id == null || id.length() > MAX_ID_LENGTH ? null : id;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH);
    }
}
