package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.FileRules;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.ReadMark;
import io.switchboard.channels.SendRates;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** A provider that answers as scripted for a channel, and accepts where nothing is scripted. */
@TestComponent
class FakeGateway implements ChannelGateway {

    private final Map<String, Queue<SendResult>> scripts = new ConcurrentHashMap<>();
    private final List<OutboundText> received = new CopyOnWriteArrayList<>();
    private final List<OutboundTemplate> templates = new CopyOnWriteArrayList<>();
    private final List<OutboundFile> files = new CopyOnWriteArrayList<>();
    private final List<ReplyId> asked = new CopyOnWriteArrayList<>();
    private final List<OutboundChoices> shown = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> silent = new ConcurrentHashMap<>();
    private volatile boolean buttons;
    private volatile Optional<SendRates> rates = Optional.empty();

    private final Map<String, Queue<ReadMark>> marks = new ConcurrentHashMap<>();
    private volatile Optional<Duration> window = Optional.empty();

    /** @param length null for no limit */
    void closeAfter(@Nullable Duration length) {
        window = Optional.ofNullable(length);
    }

    List<ReadMark> marks(Channel channel) {
        return List.copyOf(marks.getOrDefault(channel.key(), new ArrayDeque<>()));
    }

    @Override
    public Optional<Duration> answerWindow() {
        return window;
    }

    @Override
    public boolean marksRead() {
        return true;
    }

    @Override
    public void markRead(TenantId tenant, Channel channel, ReadMark mark) {
        marks.computeIfAbsent(channel.key(), _ -> new ConcurrentLinkedQueue<>()).add(mark);
    }

    void limit(SendRates wanted) {
        rates = Optional.of(wanted);
    }

    void unlimit() {
        rates = Optional.empty();
    }

    void answer(Channel channel, SendResult... results) {
        scripts.put(channel.key(), new ArrayDeque<>(List.of(results)));
    }

    /** Lets every request of a channel wait for its answer. */
    void fallSilent(Channel channel) {
        silent.put(channel.key(), new CountDownLatch(1));
    }

    void speakAgain(Channel channel) {
        silent.remove(channel.key()).countDown();
    }

    List<OutboundText> received(ReplyId reply) {
        return received.stream().filter(text -> text.reply().equals(reply)).toList();
    }

    /** Whether it has buttons from now on. */
    void giveButtons(boolean wanted) {
        buttons = wanted;
    }

    List<OutboundChoices> shown(ReplyId reply) {
        return shown.stream()
                .filter(choices -> choices.message().reply().equals(reply))
                .toList();
    }

    List<OutboundFile> files(ReplyId reply) {
        return files.stream()
                .filter(file -> file.message().reply().equals(reply))
                .toList();
    }

    /** How often each of these was to be sent, in that order. */
    List<ReplyId> asked(List<ReplyId> some) {
        return asked.stream().filter(some::contains).toList();
    }

    List<OutboundTemplate> templates(ReplyId reply) {
        return templates.stream()
                .filter(template -> template.message().reply().equals(reply))
                .toList();
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
        return next(channel, message);
    }

    @Override
    public boolean showsChoices(OutboundChoices message) {
        return buttons;
    }

    @Override
    public SendResult sendChoices(TenantId tenant, Channel channel, OutboundChoices message) {
        shown.add(message);
        return next(channel, message.message());
    }

    @Override
    public SendResult sendTemplate(TenantId tenant, Channel channel, OutboundTemplate message) {
        templates.add(message);
        return next(channel, message.message());
    }

    @Override
    public FileRules fileRules() {
        return FileRules.WHATSAPP;
    }

    @Override
    public SendResult sendFile(TenantId tenant, Channel channel, OutboundFile message) {
        files.add(message);
        return next(channel, message.message());
    }

    private SendResult next(Channel channel, OutboundText message) {
        asked.add(message.reply());
        awaitSpeech(channel);
        Queue<SendResult> script = scripts.getOrDefault(channel.key(), new ArrayDeque<>());
        SendResult next = script.poll();
        return next == null ? new SendResult.Accepted("wamid." + message.callbackData()) : next;
    }

    private void awaitSpeech(Channel channel) {
        try {
            silent.getOrDefault(channel.key(), new CountDownLatch(0)).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the provider was silent", e);
        }
    }
}
