package io.switchboard.webhooklog;

import io.switchboard.kernel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One POST to a channel's webhook, or what had to be fetched because none came. It holds counts and kinds, and never what a customer wrote, who it was, or a secret.
 *
 * @param kinds of the elements, such as {@code TEXT, STATUS}; empty if nothing was read
 * @param messages how many messages it brought, those that were there already too
 * @param ignored elements that have no place in the inbox
 * @param broken elements that could not be read
 * @param bytes length of the body
 * @param duration from the arrival to our answer
 * @param error why it was refused or not stored; null if it was
 */
public record WebhookDelivery(
        UUID id,
        ChannelId channel,
        Instant at,
        Outcome outcome,
        String kinds,
        int messages,
        int statuses,
        int ignored,
        int broken,
        int bytes,
        Duration duration,
        @Nullable String error) {

    public enum Outcome {
        /** Everything in it that belongs into the inbox is on disk. */
        STORED,
        /** Signed, and nothing in it belongs into the inbox. */
        NOTHING,
        /** Not signed with the channel's secret. */
        REFUSED,
        /** The database could not take it; the provider was told to come again. */
        FAILED,
        /** Nobody delivered it: the provider held it, and we asked. */
        FETCHED
    }
}
