package io.switchboard.conversations;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnsweringService;
import io.switchboard.answering.Question;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.bots.PublishedBot;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.usage.ReservationKey;
import io.switchboard.usage.UsageService;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks the chain for a channel's bot. */
@Component
class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private final ChannelService channels;
    private final BotService bots;
    private final AnsweringService answering;
    private final UsageService usage;
    private final ObjectProvider<AnswerWatchers> watchers;

    Responder(
            ChannelService channels,
            BotService bots,
            AnsweringService answering,
            UsageService usage,
            ObjectProvider<AnswerWatchers> watchers) {
        this.channels = channels;
        this.bots = bots;
        this.answering = answering;
        this.usage = usage;
        this.watchers = watchers;
    }

    PublishedBot bot(TenantId tenant, ChannelId channel) {
        return channels.findRecent(tenant, channel)
                .flatMap(found -> bots.findLive(tenant, found.bot()))
                .orElseThrow(
                        () -> new IllegalStateException("channel " + channel + " of tenant " + tenant + " has no bot"));
    }

    /** What the channel's bot says where it has no answer; the defaults if even the bot cannot be read. */
    BotSentences sentences(TenantId tenant, ChannelId channel) {
        try {
            return bot(tenant, channel).definition().sentences();
        } catch (RuntimeException e) {
            LOG.warn("The bot of channel {} of tenant {} cannot be read", channel, tenant, e);
            return BotSentences.DEFAULTS;
        }
    }

    Answer answer(TenantId tenant, Question question) {
        return answering.answer(tenant, question);
    }

    /** Answers before the eyes of whoever watches the conversation. */
    Answer answer(Claim claim, Question question) {
        Consumer<String> watcher = watchers.stream()
                .flatMap(each -> each.of(claim.tenant(), claim.channel(), claim.conversation()).stream())
                .findFirst()
                .orElse(null);
        return answering.answer(claim.tenant(), question, watcher);
    }

    /** Reserves the turn's answer; what the bot says instead if the plan has none left. */
    Optional<Answer> reserve(TenantId tenant, PublishedBot bot, ReservationKey key) {
        return answering.reserve(tenant, bot, key);
    }

    /** Gives the reservation of a turn back that gets no answer. */
    void giveUp(TenantId tenant, ReservationKey key) {
        usage.release(tenant, key);
    }
}
