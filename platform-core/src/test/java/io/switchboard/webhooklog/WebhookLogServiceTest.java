package io.switchboard.webhooklog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchboard.installation.SettingException;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(TestChannels.class)
class WebhookLogServiceTest {

    @Autowired
    WebhookLogService log;

    @Autowired
    WebhookLogWriter writer;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TestChannels channels;

    @Autowired
    Clock clock;

    private TenantId tenant;
    private ChannelId channel;

    @BeforeEach
    void open() {
        tenant = TestTenants.on(tenancy, "standard");
        channel = channels.meta(tenant, channels.bot(tenant, Duration.ZERO)).id();
    }

    @Test
    void lists_deliveries_newest_first_page_by_page() {
        for (int i = 1; i <= 5; i++) {
            note(Outcome.STORED, "TEXT", i, null, clock.instant());
        }

        awaitEntries(5);
        var first = log.list(tenant, channel, WebhookLogFilter.ALL, PageRequest.first(3));
        var second = log.list(tenant, channel, WebhookLogFilter.ALL, new PageRequest(3, first.next()));

        assertThat(first.items()).extracting(WebhookDelivery::messages).containsExactly(5, 4, 3);
        assertThat(second.items()).extracting(WebhookDelivery::messages).containsExactly(2, 1);
    }

    @Test
    void finds_deliveries_by_outcome_and_by_kind_or_error() {
        note(Outcome.STORED, "TEXT, STATUS READ", 1, null, clock.instant());
        note(Outcome.STORED, "MEDIA", 1, null, clock.instant());
        note(Outcome.REFUSED, "", 0, "the signature is missing or wrong", clock.instant());
        awaitEntries(3);

        assertThat(found(new WebhookLogFilter(Outcome.REFUSED, ""))).hasSize(1);
        assertThat(found(new WebhookLogFilter(null, "status"))).hasSize(1);
        assertThat(found(new WebhookLogFilter(null, " Signature\0 "))).hasSize(1);
        assertThat(found(new WebhookLogFilter(Outcome.STORED, "signature"))).isEmpty();
        assertThat(found(new WebhookLogFilter(null, "%"))).isEmpty();
    }

    @Test
    void forgets_what_has_been_kept_long_enough() {
        note(Outcome.STORED, "OLD", 1, null, clock.instant().minus(Duration.ofDays(31)));
        note(Outcome.STORED, "NEW", 1, null, clock.instant().minus(Duration.ofDays(29)));
        writer.write();

        writer.sweep();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(found(WebhookLogFilter.ALL))
                        .extracting(WebhookDelivery::kinds)
                        .containsExactly("NEW"));
    }

    @Test
    void notes_nothing_of_a_channel_that_is_gone_and_still_notes_the_others() {
        log.note(tenant, delivery(ChannelId.next(), Outcome.STORED, "GONE", 1, null, clock.instant()));
        note(Outcome.STORED, "TEXT", 1, null, clock.instant());

        awaitEntries(1);
        assertThat(found(WebhookLogFilter.ALL))
                .extracting(WebhookDelivery::kinds)
                .containsExactly("TEXT");
    }

    @Test
    void does_not_show_another_tenants_deliveries() {
        note(Outcome.STORED, "TEXT", 1, null, clock.instant());
        awaitEntries(1);
        TenantId other = TestTenants.on(tenancy, "standard");

        assertThat(log.list(other, channel, WebhookLogFilter.ALL, PageRequest.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void keeps_the_log_for_thirty_days_unless_told_otherwise() {
        assertThatThrownBy(() -> new WebhookLogSettings(Duration.ofHours(1)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_WEBHOOK_LOG_KEEP");
        assertThatThrownBy(() -> new WebhookLogSettings(Duration.ofDays(4000))).isInstanceOf(SettingException.class);
        assertThat(new WebhookLogSettings(Duration.ofDays(1)).keep()).isEqualTo(Duration.ofDays(1));
    }

    private void awaitEntries(int count) {
        writer.write();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> found(WebhookLogFilter.ALL).size() == count);
    }

    private List<WebhookDelivery> found(WebhookLogFilter filter) {
        return log.list(tenant, channel, filter, PageRequest.first(100)).items();
    }

    private void note(Outcome outcome, String kinds, int messages, String error, Instant at) {
        log.note(tenant, delivery(channel, outcome, kinds, messages, error, at));
    }

    private static WebhookDelivery delivery(
            ChannelId channel, Outcome outcome, String kinds, int messages, String error, Instant at) {
        return new WebhookDelivery(
                TimeOrderedUuid.next(),
                channel,
                at,
                outcome,
                kinds,
                messages,
                0,
                0,
                0,
                100,
                Duration.ofMillis(3),
                error);
    }
}
