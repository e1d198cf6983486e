package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.meta.MetaJson.textAt;

import io.switchboard.channels.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an error of the Cloud API means for the message and for the channel. Decided by Meta's code, since most of them come with HTTP
 * 400. See <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes">the codes</a>.
 */
final class MetaError {

    /** Too fast, overloaded, in maintenance: goes away by itself. */
    private static final Set<Integer> PASSING = Set.of(1, 2, 4, 80007, 130429, 131000, 131016, 131053, 131056, 131057);

    /** Token, permission, account, payment, spam: every message of the number would fail until a person acts. */
    private static final Set<Integer> STOPPING =
            Set.of(3, 10, 190, 368, 130497, 131005, 131031, 131042, 131045, 131048, 131064, 133010, 133016);

    private static final int MAX_REASON_LENGTH = 300;

    private MetaError() {}

    /**
     * @param body what came with the status; anything, if it was not Meta that answered
     * @param token not to be repeated: Meta quotes a malformed one in its message
     */
    static SendResult resultOf(int httpStatus, JsonNode body, Optional<Duration> retryAfter, String token) {
        JsonNode error = body.path("error");
        String number = textAt(error, "code");
        String reason = reason(httpStatus, error).replace(token, "***");
        if (number == null || !number.matches("[0-9]{1,9}")) {
            return withoutCode(httpStatus, reason, retryAfter);
        }
        int code = Integer.parseInt(number);
        if (STOPPING.contains(code) || (code >= 200 && code <= 299) || code == 0 || httpStatus == 401) {
            return new SendResult.ChannelStopped(number, reason);
        }
        boolean passing = PASSING.contains(code)
                || httpStatus >= 500
                || httpStatus == 429
                || error.path("is_transient").asBoolean(false);
        return passing ? new SendResult.Throttled(number, reason, retryAfter) : new SendResult.Rejected(number, reason);
    }

    /** Not the Graph API's own answer, but a proxy's or a load balancer's. */
    private static SendResult withoutCode(int httpStatus, String reason, Optional<Duration> retryAfter) {
        String code = "http-" + httpStatus;
        return switch (httpStatus) {
            case 401 -> new SendResult.ChannelStopped(code, reason);
            case 408, 425, 429 -> new SendResult.Throttled(code, reason, retryAfter);
            case 504 -> new SendResult.Unclear(reason); // it went on to somebody who did not answer in time
            default ->
                httpStatus >= 500
                        ? new SendResult.Throttled(code, reason, retryAfter)
                        : new SendResult.Rejected(code, reason);
        };
    }

    private static String reason(int httpStatus, JsonNode error) {
        String message = textAt(error, "message");
        String details = textAt(error, "error_data", "details");
        String reason = "Meta answered HTTP " + httpStatus
                + (message == null ? "" : ": " + message)
                + (details == null ? "" : " (" + details + ")");
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
