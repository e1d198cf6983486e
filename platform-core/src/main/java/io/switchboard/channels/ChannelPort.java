package io.switchboard.channels;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** What the adapter of one provider implements; of each kind a provider has one or none. */
public interface ChannelPort {

    ChannelProvider provider();

    /** The one of a provider; empty if that provider has none of this kind. */
    static <P extends ChannelPort> Optional<P> of(ChannelProvider provider, ObjectProvider<P> ports) {
        return ports.stream().filter(port -> port.provider() == provider).findFirst();
    }
}
