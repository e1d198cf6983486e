package io.switchboard.bots;

import io.switchboard.kernel.BotId;
import java.time.Instant;

/**
 * A bot as its editors see it.
 *
 * @param draft what is edited
 * @param published what customers get
 * @param version number of the published version, from 1
 */
public record Bot(BotId id, String name, BotDefinition draft, BotDefinition published, int version, Instant createdAt) {

    /** What a turn needs of the bot. */
    public PublishedBot live() {
        return new PublishedBot(id, name, version, published);
    }
}
