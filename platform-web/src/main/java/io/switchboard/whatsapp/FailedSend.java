package io.switchboard.whatsapp;

import io.switchboard.channels.SendResult;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/** What it means for a message that its request got no answer. */
public final class FailedSend {

    private FailedSend() {}

    /**
     * @param provider as administrators know it
     * @param failure of {@link ProviderClient#send}
     */
    public static SendResult result(String provider, IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        return switch (failure) {
            case ProviderClient.NotAllowedException _ -> new SendResult.ChannelStopped("address", reason);
            case ProviderClient.UnreachableException _ ->
                new SendResult.Throttled("unreachable", provider + " cannot be reached", Optional.empty());
            case ProviderClient.TooSlowException _, InterruptedIOException _ -> new SendResult.Unclear(reason);
            default -> new SendResult.Unclear("the connection broke off: " + reason);
        };
    }
}
