package io.switchboard.webhooklog;

import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries to list.
 *
 * @param outcome null for all
 * @param text part of a kind or an error, in any case; blank for all
 */
public record WebhookLogFilter(@Nullable Outcome outcome, String text) {

    public static final WebhookLogFilter ALL = new WebhookLogFilter(null, "");

    public WebhookLogFilter {
        text = text.replace("\0", "").strip();
    }
}
