package io.switchboard.simulator;

import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.NewChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Lets a visitor write to a bot as a customer would, through the same inbox, turn engine and outbox as a real number. */
@Service
public class SimulatorService {

    public static final int MAX_TEXT_LENGTH = 4096;

    static final String MESSAGE_ID_PREFIX = "simulator.";

    private static final int MAX_VISITOR_LENGTH = 100;

    private final BotService bots;
    private final ChannelService channels;
    private final ConversationService conversations;
    private final JsonMapper json;
    private final Clock clock;

    SimulatorService(
            BotService bots, ChannelService channels, ConversationService conversations, JsonMapper json, Clock clock) {
        this.bots = bots;
        this.channels = channels;
        this.conversations = conversations;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The tenant's simulator channel for a bot, made on first use.
     *
     * @throws IllegalArgumentException if the tenant has no such bot
     */
    @Requires(Permission.USE_SIMULATOR)
    public Channel channelFor(TenantId tenant, BotId bot) {
        return channels.findByBot(tenant, ChannelProvider.SIMULATOR, bot).orElseGet(() -> make(tenant, bot));
    }

    /**
     * Writes as a customer.
     *
     * @param visitor tells visitors apart, 100 characters at most
     * @throws IllegalArgumentException if the channel is no simulator of the tenant, or the text is blank or too long
     */
    @Requires(Permission.USE_SIMULATOR)
    public void write(TenantId tenant, ChannelId channel, String visitor, String text) {
        requireSimulator(tenant, channel);
        if (visitor.isBlank() || visitor.length() > MAX_VISITOR_LENGTH) {
            throw new IllegalArgumentException("visitor has 1 to " + MAX_VISITOR_LENGTH + " characters");
        }
        if (text.isBlank() || text.length() > MAX_TEXT_LENGTH || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text has 1 to " + MAX_TEXT_LENGTH + " characters, none of them NUL");
        }
        String id = MESSAGE_ID_PREFIX + TimeOrderedUuid.next();
        InboundMessage message = new InboundMessage(
                id,
                Customer.of(CustomerAlias.other(visitor)),
                MessageContent.text(text),
                clock.instant(),
                json.writeValueAsString(Map.of("id", id, "from", visitor, "text", text)));
        conversations.receive(tenant, channel, List.of(message));
    }

    /** The visitor's conversation so far, oldest first. */
    @Requires(Permission.USE_SIMULATOR)
    public List<ThreadMessage> conversation(TenantId tenant, ChannelId channel, String visitor) {
        return conversations
                .findByUser(tenant, channel, visitor)
                .map(id -> all(tenant, id))
                .orElse(List.of());
    }

    private List<ThreadMessage> all(TenantId tenant, ConversationId id) {
        List<ThreadMessage> messages = new ArrayList<>();
        PageRequest page = PageRequest.first(PageRequest.MAX_LIMIT);
        while (true) {
            Slice<ThreadMessage> slice = conversations.messages(tenant, id, page);
            messages.addAll(slice.items());
            if (slice.next() == null) {
                return messages;
            }
            page = new PageRequest(PageRequest.MAX_LIMIT, slice.next());
        }
    }

    private Channel make(TenantId tenant, BotId id) {
        Bot bot = bots.find(tenant, id)
                .orElseThrow(() -> new IllegalArgumentException("no bot " + id + " of tenant " + tenant));
        NewChannel simulator = new NewChannel(ChannelProvider.SIMULATOR, name(bot), id, Map.of(), Map.of());
        return switch (channels.create(tenant, simulator)) {
            case ChannelCreation.Created(var channel) -> channel;
            case ChannelCreation.Invalid invalid -> // somebody else made it at the same moment
                channels.findByBot(tenant, ChannelProvider.SIMULATOR, id)
                        .orElseThrow(() -> new IllegalStateException("no simulator for bot " + id + ": " + invalid));
        };
    }

    private static String name(Bot bot) {
        String name = "Simulator: " + bot.name();
        return name.length() > ChannelService.MAX_NAME_LENGTH ? bot.name() : name;
    }

    private void requireSimulator(TenantId tenant, ChannelId channel) {
        if (channels.find(tenant, channel)
                .filter(found -> found.provider() == ChannelProvider.SIMULATOR)
                .isEmpty()) {
            throw new IllegalArgumentException("no simulator " + channel + " of tenant " + tenant);
        }
    }
}
