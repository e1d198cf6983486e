package io.switchboard.conversations;

import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelProvider;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Until when each provider lets us write, from when the customer wrote last. */
@Component
class AnswerWindows {

    private final ObjectProvider<ChannelGateway> gateways;
    private final Clock clock;

    AnswerWindows(ObjectProvider<ChannelGateway> gateways, Clock clock) {
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Empty if the provider sets no limit. */
    Optional<AnswerWindow> of(ChannelProvider provider, @Nullable Instant customerWroteAt) {
        return ChannelPort.of(provider, gateways)
                .flatMap(ChannelGateway::answerWindow)
                .map(length -> {
                    Instant until = customerWroteAt == null ? null : customerWroteAt.plus(length);
                    return new AnswerWindow(until, until != null && until.isAfter(clock.instant()));
                });
    }
}
