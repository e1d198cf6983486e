package io.switchboard.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.switchboard.kernel.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Checklist: ASVS 6.3.1, links to new passwords by address as well as by account. */
class ResetLimitsTest {

    private static final EmailAddress ANN = new EmailAddress("ann@example.org");

    private final AtomicLong nanos = new AtomicLong();
    private final ResetLimits limits = new ResetLimits(new LimitSettings(100, 100, 3, 100, List.of()), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @AfterEach
    void leave() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void counts_by_the_address_a_request_comes_from() {
        from("203.0.113.1");
        for (int i = 0; i < 3; i++) {
            assertThat(limits.fromHere()).isEmpty();
        }

        assertThat(limits.fromHere()).contains(Duration.ofSeconds(200));
        from("203.0.113.2");
        assertThat(limits.fromHere()).isEmpty();
        from("203.0.113.1");
        nanos.addAndGet(Duration.ofSeconds(200).toNanos());
        assertThat(limits.fromHere()).isEmpty();
    }

    @Test
    void counts_by_the_account_wherever_requests_come_from() {
        for (int i = 0; i < 5; i++) {
            from("203.0.113." + i);
            assertThat(limits.mayMail(ANN)).isTrue();
        }

        from("203.0.113.9");
        assertThat(limits.mayMail(ANN)).isFalse();
        assertThat(limits.mayMail(new EmailAddress("ben@example.org"))).isTrue();
        nanos.addAndGet(Duration.ofMinutes(12).toNanos());
        assertThat(limits.mayMail(ANN)).as("never for good").isTrue();
    }

    private static void from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }
}
