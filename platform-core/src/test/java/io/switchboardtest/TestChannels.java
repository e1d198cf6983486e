package io.switchboardtest;

import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.NewChannel;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.test.context.TestComponent;

/** Makes bots and the numbers that lead to them. */
@TestComponent
public class TestChannels {

    private final BotService bots;
    private final ChannelService channels;

    TestChannels(BotService bots, ChannelService channels) {
        this.bots = bots;
        this.channels = channels;
    }

    public Bot bot(TenantId tenant, Duration mergeWait, KnowledgeBaseId... knowledgeBases) {
        BotDefinition definition = new BotDefinition(
                "",
                BotSentences.DEFAULTS.refusal(),
                BotSentences.DEFAULTS.budgetSpent(),
                List.of(knowledgeBases),
                mergeWait);
        return switch (bots.create(tenant, "Front desk", definition)) {
            case BotCreation.Saved(var bot) -> bot;
            case BotCreation.UnknownKnowledgeBase(var id) -> throw new AssertionError("no knowledge base " + id);
            case BotCreation.UnknownBot() -> throw new AssertionError("no bot");
        };
    }

    /** A number of Meta's that no other test has. */
    public Channel meta(TenantId tenant, Bot bot) {
        long number = ThreadLocalRandom.current().nextLong(1_000_000_000L, Long.MAX_VALUE);
        NewChannel wanted = new NewChannel(
                ChannelProvider.META,
                "Main number",
                bot.id(),
                Map.of("phoneNumberId", Long.toString(number)),
                Map.of("accessToken", "token-" + number, "appSecret", "secret-" + number));
        return switch (channels.create(tenant, wanted)) {
            case ChannelCreation.Created(var channel) -> channel;
            case ChannelCreation.Invalid(var field, var message) -> throw new AssertionError(field + ": " + message);
        };
    }
}
