package io.switchboard.ui.parts;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import java.util.Objects;
import java.util.Set;

/**
 * Why a channel stopped and what helps, as keys of texts.
 *
 * @param why a sentence for people who know nothing of codes
 * @param remedy what somebody who may change the channel does
 */
public record StopReason(String why, String remedy) {

    /** Of providers that say in one way only that the secret is wrong. */
    private static final Set<String> REFUSED = Set.of("20003", "http-401", "no-token");

    /** Reads the provider's code, which the reason begins with; see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */
    public static StopReason of(Channel channel) {
        String reason = Objects.requireNonNullElse(channel.statusReason(), "");
        String code = reason.contains(":") ? reason.substring(0, reason.indexOf(':')) : reason;
        if (channel.provider() != ChannelProvider.META) {
            return REFUSED.contains(code.strip())
                    ? new StopReason("stop.secret", "stop.secret.remedy")
                    : new StopReason("stop.provider", "stop.provider.remedy");
        }
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
