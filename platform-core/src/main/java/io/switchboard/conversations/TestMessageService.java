package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ChannelStatus;
import io.switchboard.channels.Telephone;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Sends a short text to somebody's own telephone, so that they see a channel work before a customer does. */
@Service
public class TestMessageService {

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{6,14}");

    private final ChannelService channels;
    private final ObjectProvider<ChannelGateway> gateways;
    private final TestMessageWriter writer;
    private final ReplySender sender;
    private final ApplicationEventPublisher events;

    TestMessageService(
            ChannelService channels,
            ObjectProvider<ChannelGateway> gateways,
            TestMessageWriter writer,
            ReplySender sender,
            ApplicationEventPublisher events) {
        this.channels = channels;
        this.gateways = gateways;
        this.writer = writer;
        this.sender = sender;
        this.events = events;
    }

    /**
     * Hands the text to the sender of replies.
     *
     * @param typed with country code, as people write it: a plus or two zeros before it, blanks and dashes between
     */
    @Requires(Permission.EDIT_CHANNELS)
    public TestMessage send(TenantId tenant, ChannelId id, String typed, Actor person) {
        Optional<Channel> found = channels.find(tenant, id);
        if (found.isEmpty()) {
            return new TestMessage.UnknownChannel();
        }
        Channel channel = found.get();
        String digits = typed.replaceAll("[\\s()./-]", "").replaceFirst("^(\\+|00)", "");
        if (!DIGITS.matcher(digits).matches()) {
            return new TestMessage.InvalidTelephone("is written with its country code, such as +49 151 2345678");
        }
        Optional<Telephone> telephone =
                ChannelPort.of(channel.provider(), gateways).flatMap(gateway -> gateway.telephone(digits));
        if (telephone.isEmpty()) {
            return new TestMessage.Refused(
                    "This channel leads to no telephones.", "Try it out where your visitors write.");
        }
        if (channel.status() == ChannelStatus.STOPPED) {
            return new TestMessage.Refused(
                    "Replies do not leave through this channel: its provider refuses us.",
                    "Put right what the channel's page says, resume the channel, and send the test again.");
        }
        TestMessage outcome = writer.write(tenant, channel, telephone.get(), person);
        if (outcome instanceof TestMessage.Underway(var conversation, var _)) {
            sender.wake();
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        return outcome;
    }
}
