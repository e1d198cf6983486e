package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.webhooklog.WebhookDelivery;
import io.switchboard.webhooklog.WebhookLogFilter;
import io.switchboard.webhooklog.WebhookLogService;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a provider delivered to a channel. */
@RestController
@RequestMapping("/api/v1/channels/{id}/deliveries")
class WebhookLogController {

    private final ChannelService channels;
    private final WebhookLogService log;

    WebhookLogController(ChannelService channels, WebhookLogService log) {
        this.channels = channels;
        this.log = log;
    }

    /** @param millis from the arrival to our answer */
    record DeliveryResponse(
            UUID id,
            Instant at,
            WebhookDelivery.Outcome outcome,
            String kinds,
            int messages,
            int statuses,
            int ignored,
            int broken,
            int bytes,
            long millis,
            @Nullable String error) {

        static DeliveryResponse of(WebhookDelivery delivery) {
            return new DeliveryResponse(
                    delivery.id(),
                    delivery.at(),
                    delivery.outcome(),
                    delivery.kinds(),
                    delivery.messages(),
                    delivery.statuses(),
                    delivery.ignored(),
                    delivery.broken(),
                    delivery.bytes(),
                    delivery.duration().toMillis(),
                    delivery.error());
        }
    }

    /**
     * Newest first. Nothing of what customers wrote is in it.
     *
     * @param text part of a kind or of an error
     */
    @GetMapping
    @Requires(Permission.READ_CHANNELS)
    Slice<DeliveryResponse> list(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(required = false) WebhookDelivery.@Nullable Outcome outcome,
            @RequestParam(defaultValue = "") String text,
            PageRequest page) {
        Channel channel =
                channels.find(caller.tenantId(), new ChannelId(id)).orElseThrow(() -> ApiProblem.notFound("channel"));
        return log.list(caller.tenantId(), channel.id(), new WebhookLogFilter(outcome, text), page)
                .map(DeliveryResponse::of);
    }
}
