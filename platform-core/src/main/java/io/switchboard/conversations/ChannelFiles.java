package io.switchboard.conversations;

import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.FileRules;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which files may go into a conversation, by its channel. */
@Component
class ChannelFiles {

    private final ConversationReader reader;
    private final ChannelService channels;
    private final ObjectProvider<ChannelGateway> gateways;

    ChannelFiles(ConversationReader reader, ChannelService channels, ObjectProvider<ChannelGateway> gateways) {
        this.reader = reader;
        this.channels = channels;
        this.gateways = gateways;
    }

    /** Empty if there is no such conversation. */
    Optional<FileRules> rules(TenantId tenant, ConversationId conversation) {
        return reader.find(tenant, conversation)
                .flatMap(found -> channels.findRecent(tenant, found.channel()))
                .map(channel -> ChannelPort.of(channel.provider(), gateways)
                        .map(ChannelGateway::fileRules)
                        .orElse(FileRules.NONE));
    }
}
