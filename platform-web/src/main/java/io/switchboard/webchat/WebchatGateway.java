package io.switchboard.webchat;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.TenantId;
import org.springframework.stereotype.Component;

/**
 * Takes every reply at once: it lies in the conversation, from which {@link WebchatStreams} tells it to the visitor, now or whenever they
 * come back.
 */
@Component
class WebchatGateway implements ChannelGateway {

    private static final int MAX_TEXT_LENGTH = 8000;

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WEBCHAT;
    }

    @Override
    public int maxTextLength() {
        return MAX_TEXT_LENGTH;
    }

    /** As it is: the page shows Markdown. */
    @Override
    public String format(String markdown) {
        return markdown.length() <= MAX_TEXT_LENGTH ? markdown : markdown.substring(0, MAX_TEXT_LENGTH);
    }

    /** The page reads the conversation, and makes buttons of them. */
    @Override
    public boolean showsChoices(OutboundChoices message) {
        return true;
    }

    @Override
    public SendResult sendChoices(TenantId tenant, Channel channel, OutboundChoices message) {
        return send(tenant, channel, message.message());
    }

    /** The page fetches what it shows. */
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
        return new SendResult.Accepted("webchat." + message.callbackData());
    }
}
