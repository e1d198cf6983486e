package io.switchboard.bots;

import io.switchboard.kernel.BotId;

/** The live version of a bot. */
public record PublishedBot(BotId id, String name, int version, BotDefinition definition) {}
