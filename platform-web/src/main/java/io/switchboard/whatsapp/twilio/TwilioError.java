package io.switchboard.whatsapp.twilio;

import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an error of Twilio's means for the message and for the channel. See <a href="https://www.twilio.com/docs/api/errors">the codes</a>
 * and <a href="https://www.twilio.com/docs/whatsapp/api/error-code-mapping">those of WhatsApp</a>.
 */
final class TwilioError {

    /** Too fast for the API or for the account: goes away by itself. */
    private static final Set<Integer> PASSING = Set.of(20429, 14107, 63017);

    /** The sender is too fast, or has reached its limit of a day. */
    private static final int SENDER_LIMIT = 63018;

    /** Token, account, sender or daily cap: every message of the channel would fail until a person acts. */
    private static final Set<Integer> STOPPING =
            Set.of(20001, 20003, 20005, 20006, 20008, 21606, 21660, 30002, 63007, 63020, 63038, 63051, 63112);

    /** The message or its customer; it would be so the next time too, whatever the HTTP status says. */
    private static final Set<Integer> LASTING = Set.of(
            20404, 21211, 21214, 21408, 21604, 21608, 21609, 21610, 21612, 21614, 21617, 21619, 63001, 63003, 63005,
            63013, 63015, 63016, 63019, 63021, 63024, 63027, 63028, 63032, 63033, 63049);

    private static final int MAX_REASON_LENGTH = 300;

    private TwilioError() {}

    /**
     * @param body what came with the status; anything, if it was not Twilio that answered
     * @param token not to be repeated, should it ever be quoted
     */
    static SendResult resultOf(int httpStatus, JsonNode body, Optional<Duration> retryAfter, String token) {
        String number = body.path("code").asString("");
        String reason = reason(httpStatus, body).replace(token, "***");
        if (!number.matches("[0-9]{1,9}")) {
            return byStatus(httpStatus, "http-" + httpStatus, reason, retryAfter);
        }
        int code = Integer.parseInt(number);
        if (LASTING.contains(code)) {
            return new SendResult.Rejected(number, reason);
        }
        if (STOPPING.contains(code)) {
            return new SendResult.ChannelStopped(number, reason);
        }
        if (code == SENDER_LIMIT) {
            return new SendResult.Throttled(number, reason, retryAfter, Repeat.QUADRUPLING);
        }
        return PASSING.contains(code)
                ? new SendResult.Throttled(number, reason, retryAfter)
                : byStatus(httpStatus, number, reason, retryAfter);
    }

    /** What fails inside Twilio may have been taken before it failed, and Twilio knows no idempotency key: it is never just repeated. */
    private static SendResult byStatus(int httpStatus, String code, String reason, Optional<Duration> retryAfter) {
        return switch (httpStatus) {
            case 401 -> new SendResult.ChannelStopped(code, reason);
            case 408, 425, 429 -> new SendResult.Throttled(code, reason, retryAfter);
            default -> httpStatus >= 500 ? new SendResult.Unclear(reason) : new SendResult.Rejected(code, reason);
        };
    }

    private static String reason(int httpStatus, JsonNode body) {
        String message = body.path("message").asString("");
        String reason = "Twilio answered HTTP " + httpStatus + (message.isBlank() ? "" : ": " + message);
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
