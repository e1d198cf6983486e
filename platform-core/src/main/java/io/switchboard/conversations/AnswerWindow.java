package io.switchboard.conversations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the provider lets us write to a customer freely.
 *
 * @param until when it ends or ended; null if the customer never wrote
 */
public record AnswerWindow(@Nullable Instant until, boolean open) {}
