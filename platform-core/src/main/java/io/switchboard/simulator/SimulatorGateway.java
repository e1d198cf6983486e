package io.switchboard.simulator;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.WhatsAppText;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.DeliveryStatus;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Takes every message at once and reports its delivery afterwards, as a provider does; the page reads the conversation itself. */
@Component
class SimulatorGateway implements ChannelGateway {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorGateway.class);

    /** As on WhatsApp, so that what fits here fits there. */
    private static final int MAX_TEXT_LENGTH = 4096;

    private final ObjectProvider<ConversationService> conversations;
    private final Clock clock;

    /** @param conversations asked for late: its sender needs the gateways */
    SimulatorGateway(ObjectProvider<ConversationService> conversations, Clock clock) {
        this.conversations = conversations;
        this.clock = clock;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.SIMULATOR;
    }

    @Override
    public int maxTextLength() {
        return MAX_TEXT_LENGTH;
    }

    @Override
    public String format(String markdown) {
        return WhatsAppText.format(markdown, MAX_TEXT_LENGTH);
    }

    /** The page shows them under the reply. */
    @Override
    public boolean showsChoices(OutboundChoices message) {
        return true;
    }

    @Override
    public SendResult sendChoices(TenantId tenant, Channel channel, OutboundChoices message) {
        return send(tenant, channel, message.message());
    }

    @Override
    public FileRules fileRules() {
        return FileRules.WHATSAPP;
    }

    @Override
    public SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        return send(tenant, channel, message.message());
    }

    @Override
    public SendResult send(TenantId tenant, Channel channel, OutboundText message) {
        String id = SimulatorService.MESSAGE_ID_PREFIX + TimeOrderedUuid.next();
        Thread.ofVirtual().name("simulator-delivery").start(() -> reportDelivery(tenant, channel, message, id));
        return new SendResult.Accepted(id);
    }

    private void reportDelivery(TenantId tenant, Channel channel, OutboundText message, String id) {
        DeliveryStatus delivered = new DeliveryStatus(
                id, message.callbackData(), DeliveryStatus.State.DELIVERED, clock.instant(), null, null);
        try {
            conversations.getObject().recordStatuses(tenant, channel.id(), List.of(delivered));
        } catch (RuntimeException e) {
            LOG.warn("Delivery of reply {} of tenant {} not recorded; it stays sent", message.reply(), tenant, e);
        }
    }
}
