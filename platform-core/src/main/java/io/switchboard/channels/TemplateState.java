package io.switchboard.channels;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How current the templates of a channel are.
 *
 * @param offered whether messages of this channel can be templates at all
 * @param syncedAt when the provider told them; null if it never did
 * @param problem why it did not the last time, in a sentence; null if it did
 */
public record TemplateState(
        boolean offered,
        @Nullable Instant syncedAt,
        @Nullable String problem) {}
