package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnsweringService;
import io.switchboard.answering.Question;
import io.switchboard.bots.BotService;
import io.switchboard.bots.PublishedBot;
import io.switchboard.channels.ChannelService;
import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.usage.ReservationKey;
import io.switchboard.usage.UsageService;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Works a claim off: read what is unanswered, answer it with no transaction open, complete under the fence. */
@Component
class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
    private static final Duration SUSPENDED_TENANT_WAIT = Duration.ofMinutes(1);

    private final TurnStore store;
    private final ConversationQueue queue;
    private final AnsweringService answering;
    private final UsageService usage;
    private final BotService bots;
    private final ChannelService channels;
    private final TenancyService tenancy;
    private final EngineSettings settings;
    private final Clock clock;

    Turn(
            TurnStore store,
            ConversationQueue queue,
            AnsweringService answering,
            UsageService usage,
            BotService bots,
            ChannelService channels,
            TenancyService tenancy,
            EngineSettings settings,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.answering = answering;
        this.usage = usage;
        this.bots = bots;
        this.channels = channels;
        this.tenancy = tenancy;
        this.settings = settings;
        this.clock = clock;
    }

    /** How a claim ended. */
    enum Result {
        /** A reply waits to be sent. */
        REPLIED,
        /** Nothing to say. */
        SKIPPED,
        /** Somebody else holds the conversation by now; our result is thrown away. */
        FENCED,
        /** To be tried again later. */
        HANDED_BACK
    }

    Result run(Claim claim) {
        if (!tenancy.find(claim.tenant()).map(Tenant::active).orElse(false)) {
            queue.handBack(claim, SUSPENDED_TENANT_WAIT, false);
            return Result.HANDED_BACK;
        }
        TurnInput input = store.read(claim);
        if (input == null) {
            store.finish(claim);
            return Result.SKIPPED;
        }
        try {
            return answer(claim, input);
        } catch (RuntimeException e) {
            return failed(claim, input, e);
        }
    }

    private Result answer(Claim claim, TurnInput everything) {
        PublishedBot bot = bot(claim.tenant(), everything.channel());
        boolean merges = !bot.definition().mergeWait().isZero();
        TurnInput input = merges ? everything : everything.firstOnly();
        if (input.question().isBlank()) {
            return store.skip(claim, input) ? Result.SKIPPED : Result.FENCED;
        }
        Question question = question(claim, bot, input);
        Failpoint.TURN_CLAIMED.hit();
        Answer answer = answering.answer(claim.tenant(), question);
        if (merges && store.hasMore(claim, input.lastSeq())) {
            TurnInput longer = store.read(claim);
            if (longer != null && !longer.question().equals(input.question())) {
                input = longer;
                question = question(claim, bot, input);
                answer = answering.answer(claim.tenant(), question);
            }
        }
        Failpoint.TURN_ANSWERED.hit();
        return store.complete(claim, input, question, answer) ? Result.REPLIED : Result.FENCED;
    }

    private PublishedBot bot(TenantId tenant, ChannelId channel) {
        return channels.find(tenant, channel)
                .flatMap(found -> bots.find(tenant, found.bot()))
                .orElseThrow(
                        () -> new IllegalStateException("channel " + channel + " of tenant " + tenant + " has no bot"))
                .live();
    }

    private static Question question(Claim claim, PublishedBot bot, TurnInput input) {
        return new Question(bot, input.question(), input.history(), input.channel(), key(claim));
    }

    /** The same for every attempt at the same messages, so that retries reserve once. */
    private static ReservationKey key(Claim claim) {
        return new ReservationKey("turn/" + claim.conversation() + "/" + claim.firstSeq());
    }

    private Result failed(Claim claim, TurnInput input, RuntimeException failure) {
        boolean lastAttempt = claim.attempts() >= settings.maxAttempts()
                || input.waitingSince().plus(settings.patience()).isBefore(clock.instant());
        if (!lastAttempt) {
            Duration delay = backOff(claim.attempts());
            LOG.warn(
                    "Turn of conversation {} of tenant {} failed at attempt {}; again in {} ms",
                    claim.conversation(),
                    claim.tenant(),
                    claim.attempts(),
                    delay.toMillis(),
                    failure);
            queue.handBack(claim, delay, true);
            return Result.HANDED_BACK;
        }
        LOG.error(
                "Turn of conversation {} of tenant {} failed at attempt {}; the customer gets the fallback text",
                claim.conversation(),
                claim.tenant(),
                claim.attempts(),
                failure);
        usage.release(claim.tenant(), key(claim));
        return store.completeWithFallback(claim, input) ? Result.REPLIED : Result.FENCED;
    }

    /** Doubles from one second to thirty, with jitter so that what failed together does not return together. */
    private static Duration backOff(int attempts) {
        long millis = FIRST_BACK_OFF.toMillis() << Math.min(attempts - 1, 10);
        long bounded = Math.min(millis, LONGEST_BACK_OFF.toMillis());
        return Duration.ofMillis(bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1));
    }
}
