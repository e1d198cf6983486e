package io.switchboard.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.bots.BotService;
import io.switchboard.bots.PublishedBot;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long each channel's bot waits for more of a burst; remembered for seconds, since every webhook asks. */
@Component
class MergeWaits {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int CHANNELS = 10_000;

    private final ChannelService channels;
    private final BotService bots;
    private final Cache<Key, Duration> waits = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(CHANNELS)
            .build();

    MergeWaits(ChannelService channels, BotService bots) {
        this.channels = channels;
        this.bots = bots;
    }

    Duration of(TenantId tenant, ChannelId channel) {
        return waits.get(new Key(tenant, channel), this::load);
    }

    private Duration load(Key key) {
        return channels.findRecent(key.tenant(), key.channel())
                .flatMap(channel -> bots.findLive(key.tenant(), channel.bot()))
                .map(PublishedBot::definition)
                .orElseThrow(() ->
                        new IllegalArgumentException("no channel " + key.channel() + " of tenant " + key.tenant()))
                .mergeWait();
    }

    private record Key(TenantId tenant, ChannelId channel) {}
}
