package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.installation.Failpoint;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes one try at sending a claimed reply: as a text, with what it offers, as a template or with a file. */
@Component
class SendAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(SendAttempts.class);

    private final ObjectProvider<ChannelGateway> gateways;
    private final ReplyStore store;
    private final ListOpeners openers;

    SendAttempts(ObjectProvider<ChannelGateway> gateways, ReplyStore store, ListOpeners openers) {
        this.gateways = gateways;
        this.store = store;
        this.openers = openers;
    }

    /** What came of it, also where the gateway broke off. */
    SendResult make(SendClaim claim, Channel channel, ReplyStore.Letter letter) {
        Optional<ChannelGateway> found = ChannelPort.of(channel.provider(), gateways);
        if (found.isEmpty()) {
            return new SendResult.Rejected(
                    "no-gateway", "no adapter for " + channel.provider().slug());
        }
        ChannelGateway gateway = found.get();
        OutboundText text = text(claim, gateway, letter);
        Optional<OutboundChoices> choices = choices(claim, channel, letter, text);
        boolean shown = choices.filter(gateway::showsChoices).isPresent();
        OutboundText message =
                shown ? text : choices.map(some -> numbered(some, gateway)).orElse(text);
        if (choices.isPresent()) {
            store.showing(claim, !message.equals(text));
        }
        if (isUnclear(claim, letter)) {
            Optional<SendResult> taken = taken(claim, channel, gateway, message, letter);
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        Optional<OutboundFile> file =
                letter.hasFile() ? Optional.of(new OutboundFile(message, store.file(claim))) : Optional.empty();
        Failpoint.SEND_BEGUN.hit();
        try {
            if (file.isPresent()) {
                return gateway.sendFile(claim.tenant(), channel, file.get());
            }
            if (letter.template() != null) {
                return gateway.sendTemplate(claim.tenant(), channel, new OutboundTemplate(message, letter.template()));
            }
            return shown
                    ? gateway.sendChoices(claim.tenant(), channel, choices.orElseThrow())
                    : gateway.send(claim.tenant(), channel, message);
        } catch (RuntimeException e) {
            LOG.warn("Sending reply {} of tenant {} broke off; treated as unclear", claim.reply(), claim.tenant(), e);
            return new SendResult.Unclear(String.valueOf(e.getMessage()));
        }
    }

    private static OutboundText text(SendClaim claim, ChannelGateway gateway, ReplyStore.Letter letter) {
        String text = letter.markdown() ? gateway.format(letter.text()) : letter.text();
        return new OutboundText(claim.reply(), claim.callbackData(), letter.to(), text, letter.quotes());
    }

    private Optional<OutboundChoices> choices(
            SendClaim claim, Channel channel, ReplyStore.Letter letter, OutboundText text) {
        return letter.choices().isEmpty()
                ? Optional.empty()
                : Optional.of(new OutboundChoices(text, letter.choices(), openers.of(claim.tenant(), channel)));
    }

    /** The choices are left out where they would make the text too long for one message. */
    private static OutboundText numbered(OutboundChoices choices, ChannelGateway gateway) {
        OutboundText numbered = choices.numbered();
        return numbered.text().length() <= gateway.maxTextLength() ? numbered : choices.message();
    }

    /** True if the attempt before this one may have reached the customer. */
    private static boolean isUnclear(SendClaim claim, ReplyStore.Letter letter) {
        return claim.attempt() > 1
                && (letter.lastError() == null || letter.lastError().equals(ReplyStore.UNCLEAR));
    }

    /** What the provider says it took already, so that the customer does not get it twice. */
    private Optional<SendResult> taken(
            SendClaim claim, Channel channel, ChannelGateway gateway, OutboundText message, ReplyStore.Letter letter) {
        try {
            return found(claim, channel, gateway, message, letter)
                    .flatMap(ids -> store.firstUnknown(claim, channel.id(), ids))
                    .map(SendResult.Accepted::new);
        } catch (RuntimeException e) {
            LOG.warn("Whether reply {} of tenant {} was sent cannot be found out", claim.reply(), claim.tenant(), e);
            return Optional.empty();
        }
    }

    private static Optional<List<String>> found(
            SendClaim claim, Channel channel, ChannelGateway gateway, OutboundText message, ReplyStore.Letter letter) {
        return letter.template() == null
                ? gateway.findSent(claim.tenant(), channel, message, letter.writtenAt())
                : gateway.findSentTemplate(
                        claim.tenant(), channel, new OutboundTemplate(message, letter.template()), letter.writtenAt());
    }
}
