package io.switchboard.channels;

import io.switchboard.kernel.TenantId;

/** Asks one provider whose channels are paired with a telephone by a picture that it scans. */
public interface ChannelPairing extends ChannelPort {

    /** Takes up to some seconds. Never throws because of what the provider answers. */
    Pairing look(TenantId tenant, Channel channel);
}
