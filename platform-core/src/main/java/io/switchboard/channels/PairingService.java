package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Shows what a telephone scans in order to stand behind a channel. */
@Service
public class PairingService {

    private final ChannelService channels;
    private final ObjectProvider<ChannelPairing> pairings;

    PairingService(ChannelService channels, ObjectProvider<ChannelPairing> pairings) {
        this.channels = channels;
        this.pairings = pairings;
    }

    /** Asks the provider now; empty if there is no such channel, or none that is paired with a telephone. */
    @Requires(Permission.EDIT_CHANNELS)
    public Optional<Pairing> look(TenantId tenant, ChannelId id) {
        return channels.find(tenant, id)
                .flatMap(channel ->
                        ChannelPort.of(channel.provider(), pairings).map(pairing -> pairing.look(tenant, channel)));
    }
}
