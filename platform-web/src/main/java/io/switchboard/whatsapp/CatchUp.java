package io.switchboard.whatsapp;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.tenancy.TenantErrands;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches messages that a provider holds and could not deliver, because we were down. Asks at the start and from time to time for
 * everything since the newest message that we have; what is there already is not stored again.
 */
public abstract class CatchUp extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration AFTER_START = Duration.ofSeconds(5);

    /** Messages of one second arrive in any order, and a slow one after a fast one. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    /** What is older nobody waits for. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int AT_ONCE = 8;

    private final ChannelProvider provider;
    private final ChannelService channels;
    private final ConversationService conversations;
    private final DeliveryNotes notes;
    private final Clock clock;
    private final TenantErrands errands;

    protected CatchUp(
            ChannelProvider provider,
            ChannelService channels,
            ConversationService conversations,
            DeliveryNotes notes,
            Duration pause,
            Clock clock) {
        super(provider.slug() + "-catch-up", AFTER_START, pause);
        this.errands = new TenantErrands(provider.slug() + "-catch-up", AT_ONCE);
        this.provider = provider;
        this.channels = channels;
        this.conversations = conversations;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * Customers' messages that the provider holds for a channel.
     *
     * @param since to the second; earlier ones are left out
     */
    protected abstract List<InboundMessage> fetch(RoutedChannel routed, Instant since) throws IOException;

    @Override
    protected final void round() {
        for (RoutedChannel routed : channels.routed(provider)) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            soon(routed);
        }
    }

    /** Catches up with one channel as soon as its tenant's turn comes, not waiting for a round. */
    public void soon(RoutedChannel routed) {
        errands.begin(routed.tenant(), "channel " + routed.channel().id(), () -> tryOnce(routed));
    }

    @Override
    protected final void endErrands() {
        errands.cancel();
    }

    private void tryOnce(RoutedChannel routed) {
        try {
            catchUp(routed);
        } catch (IOException | RuntimeException e) {
            if (!isRunning()) {
                return;
            }
            LOG.warn(
                    "What {} holds for channel {} of tenant {} cannot be fetched; asked again later: {}",
                    provider.slug(),
                    routed.channel().id(),
                    routed.tenant(),
                    e.toString());
        }
    }

    /** Returns how many messages were missing. */
    public int catchUp(RoutedChannel routed) throws IOException {
        List<InboundMessage> held = fetch(routed, since(routed));
        if (held.isEmpty()) {
            return 0;
        }
        int missed = conversations
                .receive(routed.tenant(), routed.channel().id(), held)
                .stored();
        if (missed > 0) {
            notes.fetched(routed, missed);
            LOG.warn(
                    "{} messages for channel {} of tenant {} had not reached us and were fetched from {}",
                    missed,
                    routed.channel().id(),
                    routed.tenant(),
                    provider.slug());
        }
        return missed;
    }

    private Instant since(RoutedChannel routed) {
        Instant made = routed.channel().createdAt();
        Instant newest = conversations
                .newestMessage(routed.tenant(), routed.channel().id())
                .map(at -> at.minus(OVERLAP))
                .orElse(made);
        Instant earliest = clock.instant().minus(LONGEST);
        Instant since = newest.isBefore(made) ? made : newest;
        return (since.isBefore(earliest) ? earliest : since).truncatedTo(ChronoUnit.SECONDS);
    }
}
