package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What customers and bots said to each other. */
@Service
public class ConversationService {

    /**
     * Stores messages and wakes the turn engine; when this returns they are durable. A message that is there already counts as a
     * duplicate and changes nothing.
     */
    public Receipt receive(TenantId tenant, ChannelId channel, List<InboundMessage> messages) {
        throw new UnsupportedOperationException();
    }

    /** Moves replies forward to what the provider says; a status never moves one back. */
    public void recordStatuses(TenantId tenant, ChannelId channel, List<DeliveryStatus> statuses) {
        throw new UnsupportedOperationException();
    }

    /** Conversations, the one with the newest message first. */
    public Slice<ConversationSummary> list(TenantId tenant, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public Optional<ConversationSummary> find(TenantId tenant, ConversationId id) {
        throw new UnsupportedOperationException();
    }

    /** The conversation of a customer on a channel. */
    public Optional<ConversationId> findByUser(TenantId tenant, ChannelId channel, String userKey) {
        throw new UnsupportedOperationException();
    }

    /** Messages, oldest first. */
    public Slice<ThreadMessage> messages(TenantId tenant, ConversationId id, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** Messages of the tenant over all conversations since an instant, for the dashboard. */
    public MessageCounts counts(TenantId tenant, Instant since) {
        throw new UnsupportedOperationException();
    }
}
