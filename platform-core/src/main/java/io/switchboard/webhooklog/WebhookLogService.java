package io.switchboard.webhooklog;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import org.springframework.stereotype.Service;

/** The log of what providers delivered. */
@Service
public class WebhookLogService {

    private final WebhookLogStore store;
    private final WebhookLogWriter writer;

    WebhookLogService(WebhookLogStore store, WebhookLogWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** Takes a delivery down; it stands in the log within a second. Never fails and never waits, since a provider does. */
    @Internal
    public void note(TenantId tenant, WebhookDelivery delivery) {
        writer.note(tenant, delivery);
    }

    /** How often messages had to be fetched since the provider last delivered one. */
    @Internal
    public int fetchedSinceDelivered(TenantId tenant, ChannelId channel) {
        return store.fetchedSinceDelivered(tenant, channel);
    }

    /** Deliveries to a channel, newest first. */
    @Requires(Permission.READ_CHANNELS)
    public Slice<WebhookDelivery> list(TenantId tenant, ChannelId channel, WebhookLogFilter filter, PageRequest page) {
        return store.list(tenant, channel, filter, page);
    }
}
