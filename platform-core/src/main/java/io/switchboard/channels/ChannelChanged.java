package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;

/** A channel stopped, went on or was changed; published after commit. */
public record ChannelChanged(TenantId tenant, ChannelId channel) {}
