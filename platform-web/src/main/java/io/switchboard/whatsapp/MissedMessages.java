package io.switchboard.whatsapp;

import io.switchboard.channels.Channel;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.kernel.TenantId;
import io.switchboard.webhooklog.WebhookLogService;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Finds out whether a provider that says that all is well delivers its messages, or whether they have to be fetched. */
@Component
public class MissedMessages {

    private final WebhookLogService log;

    MissedMessages(WebhookLogService log) {
        this.log = log;
    }

    /**
     * Fetches what the provider holds. Once may come of an outage of ours; more than once without a delivery between is a provider that
     * is silent.
     *
     * @param provider its name
     * @param remedy of silence
     */
    public Finding look(TenantId tenant, Channel channel, CatchUp catchUp, String provider, String remedy) {
        int before = log.fetchedSinceDelivered(tenant, channel.id());
        int missed;
        try {
            missed = catchUp.catchUp(new RoutedChannel(tenant, channel));
        } catch (IOException | RuntimeException e) {
            return Finding.unknown(
                    Step.DELIVERIES,
                    "Whether " + provider + " holds messages that did not reach us could not be found out ("
                            + e.getMessage() + ").",
                    null);
        }
        int times = before + (missed > 0 ? 1 : 0);
        return switch (times) {
            case 0 -> Finding.ok(Step.DELIVERIES, provider + " holds no message that it did not deliver.");
            case 1 ->
                Finding.warning(
                        Step.DELIVERIES,
                        provider + " held messages that it had not delivered. We have fetched them.",
                        "After an outage nothing is to be done. Otherwise write to the number from your own phone, and examine again"
                                + " when the message is answered.");
            default ->
                Finding.failed(
                        Step.DELIVERIES,
                        provider + " says that all is well and is silent: messages had to be fetched " + times
                                + " times since it last delivered one, so customers wait minutes for their answers.",
                        remedy);
        };
    }
}
