package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelTemplates;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateListing;
import io.switchboard.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;

/** A provider's templates, as a test sets them for a channel; none where nothing is set. */
@TestComponent
class FakeTemplates implements ChannelTemplates {

    private final Map<String, TemplateListing> listings = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    void set(Channel channel, MessageTemplate... templates) {
        listings.put(channel.key(), new TemplateListing.Listed(List.of(templates)));
    }

    void set(Channel channel, TemplateListing listing) {
        listings.put(channel.key(), listing);
    }

    int asked(Channel channel) {
        return asked.getOrDefault(channel.key(), 0);
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public TemplateListing list(TenantId tenant, Channel channel) {
        asked.merge(channel.key(), 1, Integer::sum);
        return listings.getOrDefault(channel.key(), new TemplateListing.Listed(List.of()));
    }
}
