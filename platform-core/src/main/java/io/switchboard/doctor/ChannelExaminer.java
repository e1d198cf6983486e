package io.switchboard.doctor;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelPort;
import io.switchboard.kernel.TenantId;
import java.util.List;

/** Asks one provider about a channel, and repairs what may be repaired without asking a person. */
public interface ChannelExaminer extends ChannelPort {

    /**
     * Takes seconds, since the provider is asked several times.
     *
     * @return a finding for each step that this provider has; a step that could not be taken because of an earlier one is left out. Never
     *     throws because of what the provider answers, and never repeats a secret.
     */
    List<Finding> examine(TenantId tenant, Channel channel);
}
