package io.switchboard.simulator;

import io.switchboard.channels.Channel;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.util.List;
import org.springframework.stereotype.Service;

/** Lets a visitor write to a bot as a customer would, through the same inbox, turn engine and outbox as a real number. */
@Service
public class SimulatorService {

    /** The tenant's simulator channel for a bot, made on first use. */
    public Channel channelFor(TenantId tenant, BotId bot) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes as a customer.
     *
     * @param visitor tells visitors apart, 100 characters at most
     */
    public void write(TenantId tenant, ChannelId channel, String visitor, String text) {
        throw new UnsupportedOperationException();
    }

    /** The visitor's conversation so far, oldest first. */
    public List<ThreadMessage> conversation(TenantId tenant, ChannelId channel, String visitor) {
        throw new UnsupportedOperationException();
    }
}
