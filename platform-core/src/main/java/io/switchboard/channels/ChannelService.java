package io.switchboard.channels;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Channels of a tenant. */
@Service
public class ChannelService {

    public ChannelCreation create(TenantId tenant, NewChannel channel) {
        throw new UnsupportedOperationException();
    }

    public Slice<Channel> list(TenantId tenant, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<Channel> find(TenantId tenant, ChannelId id) {
        throw new UnsupportedOperationException();
    }

    /** The channel a webhook address names, of whichever tenant; empty too if the tenant is not active. */
    public Optional<RoutedChannel> route(String key) {
        throw new UnsupportedOperationException();
    }

    /** A stored secret in clear, for the provider's adapter only. */
    public Optional<String> credential(TenantId tenant, ChannelId id, String name) {
        throw new UnsupportedOperationException();
    }

    /** Marks a channel as stopped; its replies wait until {@link #resume}. */
    public void stop(TenantId tenant, ChannelId id, String reason) {
        throw new UnsupportedOperationException();
    }

    public void resume(TenantId tenant, ChannelId id) {
        throw new UnsupportedOperationException();
    }
}
