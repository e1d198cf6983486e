package io.switchboard.channels;

import io.switchboard.kernel.TenantId;

/** Asks one provider for its message templates. A gateway of such a provider sends them too. */
public interface ChannelTemplates extends ChannelPort {

    /** Takes up to some seconds. Never throws because of what the provider answers, and never repeats a secret. */
    TemplateListing list(TenantId tenant, Channel channel);
}
