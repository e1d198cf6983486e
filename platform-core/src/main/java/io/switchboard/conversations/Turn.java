package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.answering.Question;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.PublishedBot;
import io.switchboard.installation.Failpoint;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.usage.ReservationKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Works a claim off: read what is unanswered, answer it with no transaction open, complete under the fence. */
@Component
class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** So that not all turns that wait for a model return at the same moment. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    private final TurnStore store;
    private final ConversationQueue queue;
    private final Responder responder;
    private final AttachmentReader attachments;
    private final TypingSign typing;
    private final EngineSettings settings;
    private final Clock clock;

    Turn(
            TurnStore store,
            ConversationQueue queue,
            Responder responder,
            AttachmentReader attachments,
            TypingSign typing,
            EngineSettings settings,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.responder = responder;
        this.attachments = attachments;
        this.typing = typing;
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
        return run(claim, Set.of());
    }

    /** @param tried places of the messages whose attachments were looked at or listened to; those without words by now have none */
    private Result run(Claim claim, Set<Long> tried) {
        TurnInput input = store.read(claim);
        if (input == null) {
            store.finish(claim);
            return Result.SKIPPED;
        }
        Optional<TurnInput.OptRequest> opt =
                input.optRequest().filter(request -> request.word().wish() == OptWord.Wish.OUT || input.optedOut());
        if (opt.isPresent()) {
            return replied(store.opt(claim, opt.get()));
        }
        if (input.optedOut()) {
            return skipped(store.skip(claim, input, Skip.OPTED_OUT));
        }
        int stale = input.staleHead(clock.instant());
        if (stale > 0) {
            return skipped(store.skip(claim, input.first(stale), Skip.STALE));
        }
        if (claim.attempts() > settings.maxAttempts()) {
            LOG.error(
                    "Conversation {} of tenant {} was claimed {} times and nobody lived to complete it; the customer gets the "
                            + "fallback text",
                    claim.conversation(),
                    claim.tenant(),
                    claim.attempts());
            return givenUp(claim, input);
        }
        try {
            return answer(claim, input, tried);
        } catch (RuntimeException e) {
            return Thread.currentThread().isInterrupted() ? Result.FENCED : broken(claim, input, e);
        }
    }

    private Result broken(Claim claim, TurnInput input, RuntimeException failure) {
        Optional<Duration> wait = switch (failure) {
            case AnswerModelException e -> e.retryAfter();
            case AttachmentReader.NotYetException e -> e.retryAfter();
            default -> Optional.empty();
        };
        return wait.flatMap(time -> postponed(claim, input, time, failure))
                .orElseGet(() -> failed(claim, input, failure));
    }

    private Result answer(Claim claim, TurnInput everything, Set<Long> tried) {
        PublishedBot bot = responder.bot(claim.tenant(), everything.channel());
        boolean merges = !bot.definition().mergeWait().isZero();
        TurnInput input = merges ? everything : everything.firstOnly();
        if (!input.asks()) {
            return skipped(store.skip(claim, input));
        }
        if (TurnStore.maybeFlood(everything, bot.definition().messagesPerMinute())) {
            TurnStore.Flow flow = store.flow(claim, bot.definition().messagesPerMinute());
            if (flow.tooMany()) {
                return flow.told()
                        ? skipped(store.skip(claim, everything, Skip.FLOOD))
                        : replied(store.complete(
                                claim,
                                everything,
                                ReplyDraft.flood(bot.definition().sentences())));
            }
        }
        Failpoint.TURN_CLAIMED.hit();
        Predicate<TurnInput.Pending> unread = unread(tried);
        List<TurnInput.Pending> toRead = input.pending().stream().filter(unread).toList();
        if (!toRead.isEmpty()) {
            return read(claim, bot, input, toRead, tried);
        }
        if (input.question().isBlank()) {
            return unreadable(claim, bot, input);
        }
        Question question = question(claim, bot, input);
        Answer answer = answerTyping(claim, question);
        if (store.hasMore(claim, everything.lastSeq())) {
            TurnInput longer = answerableNow(store.read(claim), unread);
            if (longer != null) {
                longer = merges ? longer : longer.firstOnly();
                if (longer.question().isBlank()) {
                    return takenBack(claim, bot, longer);
                }
                if (!longer.question().equals(input.question())) {
                    input = longer;
                    question = question(claim, bot, input);
                    answer = answerTyping(claim, question);
                }
            }
        }
        Failpoint.TURN_ANSWERED.hit();
        return replied(store.complete(claim, input, question, answer));
    }

    private Answer answerTyping(Claim claim, Question question) {
        try (TypingSign.Shown _ = typing.show(claim)) {
            return responder.answer(claim, question);
        }
    }

    /** The customer took back what was asked while it was being answered. */
    private Result takenBack(Claim claim, PublishedBot bot, TurnInput input) {
        responder.giveUp(claim.tenant(), key(claim));
        return input.hasUnreadable() ? unreadable(claim, bot, input) : skipped(store.skip(claim, input));
    }

    private Predicate<TurnInput.Pending> unread(Set<Long> tried) {
        return message -> attachments.reads(message) && !tried.contains(message.seq());
    }

    /** A recording or a picture that came meanwhile is left to the next turn, which reads it. */
    private static @Nullable TurnInput answerableNow(@Nullable TurnInput input, Predicate<TurnInput.Pending> unread) {
        return input == null ? null : input.before(unread).orElse(null);
    }

    /**
     * Reads what the messages carry, then begins again with its words, which may be a wish to get no more messages. What cannot be understood
     * within the turn's own attempts and patience stays without words.
     */
    private Result read(
            Claim claim, PublishedBot bot, TurnInput input, List<TurnInput.Pending> unread, Set<Long> tried) {
        Optional<Answer> spent = responder.reserve(claim.tenant(), bot, key(claim));
        if (spent.isPresent()) {
            return replied(store.complete(claim, input, ReplyDraft.of(spent.get())));
        }
        Set<Long> done = new HashSet<>(tried);
        try (TypingSign.Shown _ = typing.show(claim)) {
            for (TurnInput.Pending message : unread) {
                read(claim, input, message);
                done.add(message.seq());
            }
        } finally {
            responder.giveUp(claim.tenant(), key(claim));
        }
        return run(claim, done);
    }

    private void read(Claim claim, TurnInput input, TurnInput.Pending message) {
        try {
            attachments.read(claim, message);
        } catch (AttachmentReader.NotYetException e) {
            if (!isLastAttempt(claim, input)) {
                throw e;
            }
            LOG.warn(
                    "An attachment in conversation {} of tenant {} is given up: {}",
                    claim.conversation(),
                    claim.tenant(),
                    e.getMessage());
        }
    }

    private boolean isLastAttempt(Claim claim, TurnInput input) {
        return claim.attempts() >= settings.maxAttempts()
                || input.waitingSince().plus(settings.patience()).isBefore(clock.instant());
    }

    /** Nothing was searched or written, so it is no answer of the plan; but a plan that is spent is what the customer hears of. */
    private Result unreadable(Claim claim, PublishedBot bot, TurnInput input) {
        try (TypingSign.Shown _ = typing.show(claim)) {
            Optional<Answer> spent = responder.reserve(claim.tenant(), bot, key(claim));
            responder.giveUp(claim.tenant(), key(claim));
            ReplyDraft draft = spent.map(ReplyDraft::of)
                    .orElseGet(() -> ReplyDraft.unreadable(bot.definition().sentences()));
            Failpoint.TURN_ANSWERED.hit();
            return replied(store.complete(claim, input, draft));
        }
    }

    private static Question question(Claim claim, PublishedBot bot, TurnInput input) {
        return new Question(bot, input.question(), input.history(), input.channel(), key(claim));
    }

    /** The same for every attempt at the same messages, so that retries reserve once. */
    private static ReservationKey key(Claim claim) {
        return key(claim.conversation(), claim.firstSeq());
    }

    private static ReservationKey key(ConversationId conversation, long firstSeq) {
        return new ReservationKey("turn/" + conversation + "/" + firstSeq);
    }

    /**
     * Waits until a model takes calls again, at no cost to the message, but not beyond the customer's patience; empty if that is over.
     */
    private Optional<Result> postponed(Claim claim, TurnInput input, Duration wait, RuntimeException failure) {
        Duration left = Duration.between(clock.instant(), input.waitingSince().plus(settings.patience()));
        if (!left.isPositive()) {
            return Optional.empty();
        }
        Duration spread = Duration.ofMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis()));
        Duration delay = wait.compareTo(left) < 0 ? wait.plus(spread) : left;
        LOG.info(
                "Turn of conversation {} of tenant {} waits {} ms for its model: {}",
                claim.conversation(),
                claim.tenant(),
                delay.toMillis(),
                failure.getMessage());
        queue.handBack(claim, delay, false);
        return Optional.of(Result.HANDED_BACK);
    }

    private Result failed(Claim claim, TurnInput input, RuntimeException failure) {
        if (!isLastAttempt(claim, input)) {
            Duration delay = BACK_OFF.after(claim.attempts());
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
        return givenUp(claim, input);
    }

    private Result givenUp(Claim claim, TurnInput input) {
        responder.giveUp(claim.tenant(), key(claim));
        if (!input.asks()) {
            return skipped(store.skip(claim, input));
        }
        BotSentences sentences = responder.sentences(claim.tenant(), input.channel());
        ReplyDraft draft =
                input.question().isBlank() ? ReplyDraft.unreadable(sentences) : ReplyDraft.fallback(sentences);
        return replied(store.complete(claim, input, draft));
    }

    /** Answers the messages of a turn that had failed, in its reply; false if it fails again or there is no such turn. */
    boolean answerAgain(TenantId tenant, ReplyId reply) {
        Optional<TurnStore.FailedTurn> failed = store.failedTurn(tenant, reply);
        if (failed.isEmpty()) {
            return false;
        }
        TurnStore.FailedTurn turn = failed.get();
        if (turn.question().isBlank()) {
            return false;
        }
        ReservationKey key = key(turn.conversation(), turn.firstSeq());
        try {
            Question question = new Question(
                    responder.bot(tenant, turn.channel()), turn.question(), List.of(), turn.channel(), key);
            return store.replaceFallback(tenant, reply, question, responder.answer(tenant, question));
        } catch (RuntimeException e) {
            LOG.warn("Reply {} of tenant {} could not be answered again; it stays a dead letter", reply, tenant, e);
            responder.giveUp(tenant, key);
            return false;
        }
    }

    private static Result replied(boolean ours) {
        return ours ? Result.REPLIED : Result.FENCED;
    }

    private static Result skipped(boolean ours) {
        return ours ? Result.SKIPPED : Result.FENCED;
    }
}
