package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelChanged;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ChannelStatus;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.SendResult.Repeat;
import io.switchboard.installation.Failpoint;
import io.switchboard.tenancy.TenantPlaces;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends replies, in order within a conversation, and settles what became of each before the next one leaves. */
@Component
class ReplySender implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplySender.class);
    private static final int CLAIM_BATCH = 50;
    private static final int SENDS_AT_ONCE = 128;

    /** The provider of a tenant may be slow, or a server of the tenant's own that never answers; the rest is for the others. */
    private static final int SENDS_OF_TENANT = 32;

    /** Each is in memory up to three times while it leaves. */
    private static final int FILES_AT_ONCE = 4;

    private static final int FILES_OF_TENANT = 2;
    private static final Duration FILE_WAIT = Duration.ofSeconds(1);
    private static final Duration STOPPED_CHANNEL_WAIT = Duration.ofSeconds(60);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final int MAX_ATTEMPTS = 20;

    private final ReplyQueue queue;
    private final ReplyStore store;
    private final ChannelService channels;
    private final SendAttempts attempts;
    private final AnswerWindows windows;
    private final EngineSettings settings;
    private final ApplicationEventPublisher events;
    private final ClaimLoop loop;
    private final Semaphore free = new Semaphore(SENDS_AT_ONCE);
    private final TenantPlaces sends = new TenantPlaces(SENDS_AT_ONCE, SENDS_OF_TENANT);
    private final TenantPlaces files = new TenantPlaces(FILES_AT_ONCE, FILES_OF_TENANT);
    private long reconciled;

    ReplySender(
            ReplyQueue queue,
            ReplyStore store,
            ChannelService channels,
            SendAttempts attempts,
            AnswerWindows windows,
            EngineSettings settings,
            ApplicationEventPublisher events) {
        this.queue = queue;
        this.store = store;
        this.channels = channels;
        this.attempts = attempts;
        this.windows = windows;
        this.settings = settings;
        this.events = events;
        this.loop = new ClaimLoop("reply-sender", settings.poll(), this::sendAndReconcileAtTimes);
    }

    void wake() {
        loop.ring(Duration.ZERO);
    }

    @EventListener
    void on(ChannelChanged change) {
        boolean active = channels.find(change.tenant(), change.channel())
                .filter(channel -> channel.status() == ChannelStatus.ACTIVE)
                .isPresent();
        if (active) {
            store.unpark(change.tenant(), change.channel());
            wake();
        }
    }

    @Override
    public void start() {
        reconciled = System.nanoTime() - settings.poll().toNanos();
        loop.start();
    }

    /** Reconciling has time: what waits for it has waited for a lease or a grace time already. */
    private int sendAndReconcileAtTimes() throws InterruptedException {
        if (System.nanoTime() - reconciled < settings.poll().toNanos()) {
            return sendPending();
        }
        reconciled = System.nanoTime();
        return sendDue();
    }

    /** One round: reconciles, claims, and starts what it claimed. */
    int sendDue() throws InterruptedException {
        queue.reconcile(settings.statusGrace());
        return sendPending();
    }

    private int sendPending() throws InterruptedException {
        free.acquire();
        int room = 1 + free.drainPermits();
        int claimed = 0;
        try {
            ReplyQueue.Round round = queue.claim(Math.min(room, CLAIM_BATCH), settings.sendLease(), sends);
            claimed = round.claims().size();
            for (SendClaim claim : round.claims()) {
                sends.enter(claim.tenant()); // the claim took no more than there are
                Thread.ofVirtual().name("send-" + claim.reply()).start(() -> send(claim));
            }
            if (round.putBack() > 0) {
                loop.ring(round.untilNext());
            }
            return round.size();
        } finally {
            free.release(room - claimed);
        }
    }

    private void send(SendClaim claim) {
        boolean more = true;
        try {
            ReplyStore.Letter letter = store.read(claim);
            Channel channel = channels.findRecent(claim.tenant(), letter.channel())
                    .orElseThrow(() -> new IllegalStateException("reply " + claim.reply() + " has no channel"));
            if (channel.status() == ChannelStatus.STOPPED) {
                store.park(claim, STOPPED_CHANNEL_WAIT);
                return;
            }
            if (isTooLate(channel, letter)) {
                store.hold(claim);
                events.publishEvent(new ConversationChanged(claim.tenant(), letter.conversation()));
                return;
            }
            if (letter.hasFile() && !files.enter(claim.tenant())) {
                store.park(claim, FILE_WAIT);
                return;
            }
            SendResult result = attempt(claim, channel, letter);
            Failpoint.SEND_ANSWERED.hit();
            more = settle(claim, channel, letter, result);
            events.publishEvent(new ConversationChanged(claim.tenant(), letter.conversation()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Reply {} of tenant {}: outcome not stored; it is reconciled when its lease ends",
                    claim.reply(),
                    claim.tenant(),
                    e);
        } finally {
            boolean hadAll = sends.leave(claim.tenant());
            free.release();
            if (more || hadAll) {
                wake();
            }
        }
    }

    private SendResult attempt(SendClaim claim, Channel channel, ReplyStore.Letter letter) {
        try {
            return attempts.make(claim, channel, letter);
        } finally {
            if (letter.hasFile()) {
                files.leave(claim.tenant());
            }
        }
    }

    /** Templates are what may leave outside the window. */
    private boolean isTooLate(Channel channel, ReplyStore.Letter letter) {
        return letter.template() == null
                && windows.of(channel.provider(), letter.customerWroteAt())
                        .filter(window -> !window.open())
                        .isPresent();
    }

    /** Returns true if something else may be due because of it. */
    private boolean settle(SendClaim claim, Channel channel, ReplyStore.Letter letter, SendResult result) {
        switch (result) {
            case SendResult.Accepted accepted -> {
                return store.sent(claim, channel.id(), accepted);
            }
            case SendResult.Throttled throttled
            when mayRepeat(claim, letter, throttled) ->
                store.later(claim, throttled.code(), throttled.reason(), delay(claim, throttled));
            case SendResult.Throttled(var code, var reason, var _, var _) -> store.failed(claim, code, reason);
            case SendResult.Rejected(var code, var reason) -> store.failed(claim, code, reason);
            case SendResult.ChannelStopped(var code, var reason) -> {
                channels.stop(claim.tenant(), channel.id(), code + ": " + reason);
                store.park(claim, STOPPED_CHANNEL_WAIT);
            }
            case SendResult.Unclear(var reason) -> store.unclear(claim, reason, settings.statusGrace());
        }
        return true;
    }

    private static boolean mayRepeat(SendClaim claim, ReplyStore.Letter letter, SendResult.Throttled throttled) {
        boolean spent = throttled.repeat() == Repeat.ONCE && throttled.code().equals(letter.lastError());
        return !spent && claim.attempt() < MAX_ATTEMPTS;
    }

    /** What a provider asks for is the least; where it asks for nothing, we choose. */
    private static Duration delay(SendClaim claim, SendResult.Throttled throttled) {
        return throttled
                .retryAfter()
                .filter(Duration::isPositive)
                .map(BackOff::notBefore)
                .orElseGet(() -> switch (throttled.repeat()) {
                    case QUADRUPLING -> BackOff.quadrupled(claim.attempt());
                    case DOUBLING, ONCE -> BACK_OFF.after(claim.attempt());
                });
    }

    /** Lets sends that have left come back. */
    @Override
    public void stop() {
        loop.stop();
        try {
            boolean drained =
                    free.tryAcquire(SENDS_AT_ONCE, settings.stopGrace().toMillis(), TimeUnit.MILLISECONDS);
            if (!drained) {
                LOG.warn("Some sends had no answer when the program stopped; they are reconciled at the next start");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        loop.close();
    }

    @Override
    public boolean isAutoStartup() {
        return settings.enabled();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** Stops after the engine, which may still hand replies over while it drains. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }
}
