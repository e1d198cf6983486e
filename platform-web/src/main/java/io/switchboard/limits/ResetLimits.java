package io.switchboard.limits;

import io.github.bucket4j.TimeMeter;
import io.switchboard.access.ResetPace;
import io.switchboard.kernel.EmailAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Counts requests for links to new passwords: from one address as many as wrong passwords, so that nobody tries all addresses out; for
 * one account a few an hour, so that nobody's mailbox is filled. The last link that was mailed goes on working, so this keeps nobody out.
 */
@Component
class ResetLimits implements ResetPace {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration ACCOUNT_PERIOD = Duration.ofHours(1);
    private static final int PER_ACCOUNT = 5;

    private final Buckets addresses;
    private final Buckets accounts;

    @Autowired
    ResetLimits(LimitSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    ResetLimits(LimitSettings settings, TimeMeter time) {
        addresses = new Buckets(settings.failedSignIns(), PERIOD, time);
        accounts = new Buckets(PER_ACCOUNT, ACCOUNT_PERIOD, time);
    }

    /** Whoever asks without a request counts as one. */
    @Override
    public Optional<Duration> fromHere() {
        return addresses.take(
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                        ? Limits.address(attributes.getRequest())
                        : "");
    }

    @Override
    public boolean mayMail(EmailAddress account) {
        return accounts.take(account.value()).isEmpty();
    }
}
