package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
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
    private static final Set<Integer> PASSING = Set.of(2, 4, 80007, 130429, 131000, 131016, 131053, 131057);

    /** Meta does not know what went wrong either. */
    private static final int UNKNOWN = 1;

    /** More messages to one customer than Meta allows. */
    private static final int PAIR_LIMIT = 131056;

    /** Token, permission, account, payment, spam: every message of the number would fail until a person acts. */
    private static final Set<Integer> STOPPING =
            Set.of(0, 3, 10, 190, 368, 130497, 131005, 131031, 131042, 131045, 131048, 131064, 133010, 133016);

    /** The message or its customer; it would be so the next time too, whatever the HTTP status says. */
    private static final Set<Integer> LASTING = Set.of(
            33, 100, 130472, 131008, 131009, 131021, 131026, 131030, 131037, 131047, 131049, 131050, 131051, 131062,
            131063, 137000);

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
        if (isLasting(code)) {
            return new SendResult.Rejected(number, reason);
        }
        if (STOPPING.contains(code) || (code >= 200 && code <= 299)) {
            return new SendResult.ChannelStopped(number, reason);
        }
        if (code == PAIR_LIMIT) {
            return new SendResult.Throttled(number, reason, retryAfter, Repeat.QUADRUPLING);
        }
        if (code == UNKNOWN) {
            return new SendResult.Throttled(number, reason, retryAfter, Repeat.ONCE);
        }
        return PASSING.contains(code)
                ? new SendResult.Throttled(number, reason, retryAfter)
                : withUnknownCode(httpStatus, number, error, reason, retryAfter);
    }

    /** True for what may be otherwise the next time. */
    static boolean isPassing(int code) {
        return code == UNKNOWN || PASSING.contains(code);
    }

    /** Parameters that are wrong, a customer who cannot be reached, a template (132000 to 132999). */
    private static boolean isLasting(int code) {
        return LASTING.contains(code) || (code >= 132000 && code <= 132999);
    }

    private static SendResult withUnknownCode(
            int httpStatus, String code, JsonNode error, String reason, Optional<Duration> retryAfter) {
        if (httpStatus == 401) {
            return new SendResult.ChannelStopped(code, reason);
        }
        boolean passing = httpStatus >= 500
                || httpStatus == 429
                || error.path("is_transient").asBoolean(false);
        return passing ? new SendResult.Throttled(code, reason, retryAfter) : new SendResult.Rejected(code, reason);
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
