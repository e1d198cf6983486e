package io.switchboard.webchat;

import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.AnswerWatchers;
import io.switchboard.conversations.ConversationChanged;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.SentFile;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells visitors what is said in their conversation, and shows them what a model is writing. Each open page has a thread that sleeps until
 * its conversation changes; what happens in another replica it sees at the next look, and then whole.
 */
@Component
class WebchatStreams implements AnswerWatchers {

    private static final Logger LOG = LoggerFactory.getLogger(WebchatStreams.class);

    /** The page comes again; so does a client that vanished without a word. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int MOST_PER_ADDRESS = 20;
    private static final int MOST = 5000;
    private static final Set<String> SAID = Set.of("SENT", "DELIVERED", "READ");

    private final ConversationService conversations;
    private final Map<String, AtomicInteger> perAddress = new ConcurrentHashMap<>();
    private final Set<Listener> open = ConcurrentHashMap.newKeySet();

    WebchatStreams(ConversationService conversations) {
        this.conversations = conversations;
    }

    /** A page that listens. */
    private static final class Listener {

        private final RoutedChannel routed;
        private final WebchatVisitor visitor;
        private final SseEmitter emitter =
                new SseEmitter(LIFETIME.plusSeconds(30).toMillis());
        private final Semaphore news = new Semaphore(1);
        private final AtomicReference<@Nullable String> draft = new AtomicReference<>();
        private volatile @Nullable ConversationId conversation;
        private volatile boolean gone;

        Listener(RoutedChannel routed, WebchatVisitor visitor) {
            this.routed = routed;
            this.visitor = visitor;
        }

        void ring() {
            if (news.availablePermits() == 0) {
                news.release();
            }
        }
    }

    /**
     * @param from bot, for people of the organisation too, or visitor
     * @param choices what the visitor may answer without typing
     * @param file what a person sent beside the text, which may be blank then
     */
    record Said(
            UUID id,
            String from,
            String text,
            Instant at,
            List<String> choices,
            @Nullable SentFile file) {}

    /** The beginning of an answer that is being written. */
    record Draft(String text) {}

    /** Empty if too many are open already. */
    Optional<SseEmitter> open(RoutedChannel routed, WebchatVisitor visitor, String address) {
        AtomicInteger count = perAddress.computeIfAbsent(address, _ -> new AtomicInteger());
        if (open.size() >= MOST || count.incrementAndGet() > MOST_PER_ADDRESS) {
            leave(address);
            return Optional.empty();
        }
        Listener listener = new Listener(routed, visitor);
        open.add(listener);
        listener.emitter.onCompletion(() -> end(listener));
        listener.emitter.onTimeout(() -> end(listener));
        listener.emitter.onError(_ -> end(listener));
        Thread.ofVirtual().name("webchat-" + visitor.key()).start(() -> {
            try {
                follow(listener);
            } finally {
                open.remove(listener);
                leave(address);
            }
        });
        return Optional.of(listener.emitter);
    }

    private void leave(String address) {
        perAddress.computeIfPresent(address, (_, count) -> count.decrementAndGet() <= 0 ? null : count);
    }

    private static void end(Listener listener) {
        listener.gone = true;
        listener.ring();
    }

    /** When the program ends, which would wait for the pages; they come again when it is back. */
    @EventListener(ContextClosedEvent.class)
    void endAll() {
        open.forEach(WebchatStreams::end);
    }

    /** A visitor has written, here. */
    void wake(RoutedChannel routed, WebchatVisitor visitor) {
        for (Listener listener : open) {
            if (listener.visitor.equals(visitor)
                    && listener.routed.channel().id().equals(routed.channel().id())) {
                listener.ring();
            }
        }
    }

    @EventListener
    void on(ConversationChanged change) {
        for (Listener listener : open) {
            if (change.conversation().equals(listener.conversation)) {
                listener.ring();
            }
        }
    }

    /** A page learns its conversation's id soon after the first message, perhaps later than the answer to that begins. */
    @Override
    public Optional<Consumer<String>> of(TenantId tenant, ChannelId channel, ConversationId conversation) {
        boolean watched = open.stream()
                .anyMatch(listener -> listener.routed.tenant().equals(tenant)
                        && listener.routed.channel().id().equals(channel));
        return watched ? Optional.of(text -> show(tenant, conversation, text)) : Optional.empty();
    }

    private void show(TenantId tenant, ConversationId conversation, String text) {
        for (Listener listener : open) {
            if (listener.routed.tenant().equals(tenant) && conversation.equals(listener.conversation)) {
                listener.draft.set(text);
                listener.ring();
            }
        }
    }

    private void follow(Listener listener) {
        long end = System.nanoTime() + LIFETIME.toNanos();
        Set<UUID> told = new HashSet<>();
        try {
            listener.emitter.send(SseEmitter.event().name("open").data("{}", MediaType.APPLICATION_JSON));
            while (!listener.gone && System.nanoTime() < end) {
                boolean changed = listener.news.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (!tell(listener, told) && !changed) {
                    listener.emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            listener.emitter.complete();
        } catch (IOException | IllegalStateException _) {
            listener.gone = true; // the page was closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("A web chat of tenant {} broke off; its page comes again", listener.routed.tenant(), e);
            listener.emitter.completeWithError(e);
        }
    }

    private boolean tell(Listener listener, Set<UUID> told) throws IOException {
        if (listener.conversation == null) {
            listener.conversation = conversations
                    .conversationOf(
                            listener.routed.tenant(), listener.routed.channel().id(), listener.visitor.key())
                    .orElse(null);
        }
        ConversationId conversation = listener.conversation;
        if (conversation == null) {
            return false;
        }
        boolean any = false;
        boolean answered = false;
        for (ThreadMessage message : conversations.newestMessages(listener.routed.tenant(), conversation)) {
            boolean written = message.direction() == ThreadMessage.Direction.IN;
            String text = message.text();
            if (text != null && (written || SAID.contains(message.status())) && told.add(message.id())) {
                listener.emitter.send(SseEmitter.event()
                        .name("message")
                        .id(message.id().toString())
                        .data(
                                new Said(
                                        message.id(),
                                        written ? "visitor" : "bot",
                                        text,
                                        message.at(),
                                        message.choices(),
                                        message.file()),
                                MediaType.APPLICATION_JSON));
                any = true;
                answered |= !written;
            }
        }
        // After the messages: what was drafted before an answer must not come behind it.
        String draft = listener.draft.getAndSet(null);
        if (draft == null || answered) {
            return any;
        }
        listener.emitter.send(SseEmitter.event().name("draft").data(new Draft(draft), MediaType.APPLICATION_JSON));
        return true;
    }
}
