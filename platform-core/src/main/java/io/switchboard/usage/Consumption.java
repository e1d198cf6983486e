package io.switchboard.usage;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TokenCount;
import org.jspecify.annotations.Nullable;

/**
 * What one answer used.
 *
 * @param channel null for the API and the playground
 * @param outcome as in {@code Answer.Outcome}
 * @param estimated true if the provider did not report tokens and we counted them
 */
public record Consumption(
        BotId bot,
        @Nullable ChannelId channel,
        String outcome,
        String model,
        TokenCount input,
        TokenCount output,
        boolean estimated) {}
