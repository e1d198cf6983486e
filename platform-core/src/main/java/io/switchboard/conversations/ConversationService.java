package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What customers and bots said to each other. */
@Service
public class ConversationService {

    private final Inbox inbox;
    private final StatusBook statuses;
    private final ConversationReader reader;
    private final MessageLog log;
    private final MergeWaits waits;
    private final TurnEngine engine;
    private final ApplicationEventPublisher events;

    ConversationService(
            Inbox inbox,
            StatusBook statuses,
            ConversationReader reader,
            MessageLog log,
            MergeWaits waits,
            TurnEngine engine,
            ApplicationEventPublisher events) {
        this.inbox = inbox;
        this.statuses = statuses;
        this.reader = reader;
        this.log = log;
        this.waits = waits;
        this.engine = engine;
        this.events = events;
    }

    /**
     * Stores messages and wakes the turn engine; when this returns they are durable. A message that is there already counts as a
     * duplicate and changes nothing. Must not be called inside a transaction, which could still be rolled back.
     *
     * @throws IllegalArgumentException if the tenant has no such channel
     */
    @Internal
    public Receipt receive(TenantId tenant, ChannelId channel, List<InboundMessage> messages) {
        Duration wait = waits.of(tenant, channel);
        Inbox.Stored stored = inbox.store(tenant, channel, messages, wait);
        for (ConversationId conversation : stored.touched()) {
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        for (InboundMessage message : messages) {
            engine.wake(MergeWait.after(message.content().text(), wait).pause());
        }
        return stored.receipt();
    }

    /** Moves replies forward to what the provider says; a status never moves one back. */
    @Internal
    public void recordStatuses(TenantId tenant, ChannelId channel, List<DeliveryStatus> news) {
        for (ConversationId conversation : statuses.record(tenant, channel, news)) {
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
    }

    /** When the newest message of a channel arrived; empty if none has. */
    @Internal
    public Optional<Instant> newestMessage(TenantId tenant, ChannelId channel) {
        return reader.newestMessage(tenant, channel);
    }

    /** The conversation of a customer on a channel, for the channel's own page. */
    @Internal
    public Optional<ConversationId> conversationOf(TenantId tenant, ChannelId channel, String userKey) {
        return reader.findByUser(tenant, channel, userKey);
    }

    /** What was said last in a conversation, oldest first, for the customer to read. */
    @Internal
    public List<ThreadMessage> newestMessages(TenantId tenant, ConversationId id) {
        return reader.newestMessages(tenant, id);
    }

    /** Conversations, the one with the newest message first. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Slice<ConversationSummary> list(TenantId tenant, PageRequest page) {
        return reader.list(tenant, page);
    }

    @Requires(Permission.READ_CONVERSATIONS)
    public Optional<ConversationSummary> find(TenantId tenant, ConversationId id) {
        return reader.find(tenant, id);
    }

    /** The conversation of a customer on a channel. */
    @Requires(Permission.USE_SIMULATOR)
    public Optional<ConversationId> findByUser(TenantId tenant, ChannelId channel, String userKey) {
        return reader.findByUser(tenant, channel, userKey);
    }

    /** Messages, oldest first. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Slice<ThreadMessage> messages(TenantId tenant, ConversationId id, PageRequest page) {
        return reader.messages(tenant, id, page);
    }

    /** Messages of all conversations that pass the filter, newest first; the cursor is the id of a message. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Slice<LoggedMessage> messages(TenantId tenant, MessageFilter filter, PageRequest page) {
        return log.list(tenant, filter, page);
    }

    /** Messages of the tenant over all conversations since an instant, for the dashboard. */
    @Requires(Permission.READ_USAGE)
    public MessageCounts counts(TenantId tenant, Instant since) {
        return reader.counts(tenant, since);
    }
}
