package io.switchboard.ui.parts;

import io.switchboard.channels.Channel;
import java.util.Objects;

/**
 * Why a channel stopped and what helps, as keys of texts.
 *
 * @param why a sentence for people who know nothing of codes
 * @param remedy what somebody who may change the channel does
 */
public record StopReason(String why, String remedy) {

    /** Reads the provider's code, which the reason begins with; see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */
    public static StopReason of(Channel channel) {
        String reason = Objects.requireNonNullElse(channel.statusReason(), "");
        String code = reason.contains(":") ? reason.substring(0, reason.indexOf(':')) : reason;
        return switch (code.strip()) {
            case "0", "190", "http-401", "no-token" -> new StopReason("stop.token", "stop.token.remedy");
            case "3", "10", "131005" -> new StopReason("stop.permission", "stop.permission.remedy");
            case "368", "130497", "131031", "131048", "131064" -> new StopReason("stop.policy", "stop.policy.remedy");
            case "131042" -> new StopReason("stop.payment", "stop.payment.remedy");
            case "131045", "133010", "133016" -> new StopReason("stop.number", "stop.number.remedy");
            default ->
                code.matches("2\\d\\d")
                        ? new StopReason("stop.permission", "stop.permission.remedy")
                        : new StopReason("stop.other", "stop.other.remedy");
        };
    }
}
