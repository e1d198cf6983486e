package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendRates;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;

/** A provider that answers as scripted for a channel, and accepts where nothing is scripted. */
@TestComponent
class FakeGateway implements ChannelGateway {

    private final Map<String, Queue<SendResult>> scripts = new ConcurrentHashMap<>();
    private final List<OutboundText> received = new CopyOnWriteArrayList<>();
    private volatile Optional<SendRates> rates = Optional.empty();

    void limit(SendRates wanted) {
        rates = Optional.of(wanted);
    }

    void unlimit() {
        rates = Optional.empty();
    }

    void answer(Channel channel, SendResult... results) {
        scripts.put(channel.key(), new ArrayDeque<>(List.of(results)));
    }

    List<OutboundText> received(ReplyId reply) {
        return received.stream().filter(text -> text.reply().equals(reply)).toList();
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public Optional<SendRates> rates() {
        return rates;
    }

    @Override
    public int maxTextLength() {
        return 4096;
    }

    @Override
    public String format(String markdown) {
        return markdown;
    }

    @Override
    public SendResult send(TenantId tenant, Channel channel, OutboundText message) {
        received.add(message);
        Queue<SendResult> script = scripts.getOrDefault(channel.key(), new ArrayDeque<>());
        SendResult next = script.poll();
        return next == null ? new SendResult.Accepted("wamid." + message.callbackData()) : next;
    }
}
