package io.switchboard.usage;

import io.switchboard.kernel.ChannelId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One day of one channel.
 *
 * @param channel null for the API and the playground
 */
public record DailyUsage(
        LocalDate day, @Nullable ChannelId channel, long answers, long answered, long inputTokens, long outputTokens) {}
