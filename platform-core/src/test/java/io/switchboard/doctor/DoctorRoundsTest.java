package io.switchboard.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.channels.Channel;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(TestChannels.class)
class DoctorRoundsTest {

    @Autowired
    DoctorRounds rounds;

    @Autowired
    NumberDoctor doctor;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TestChannels channels;

    @Test
    void examine_what_is_due_of_active_tenants() {
        TenantId active = TestTenants.on(tenancy, "standard");
        TenantId suspended = TestTenants.on(tenancy, "standard");
        Channel seen = channels.meta(active, channels.bot(active, Duration.ZERO));
        Channel unseen = channels.meta(suspended, channels.bot(suspended, Duration.ZERO));
        tenancy.changeStatus(suspended, TenantStatus.SUSPENDED);

        rounds.round();

        await().until(() -> doctor.last(active, seen.id()).isPresent());
        assertThat(doctor.due(active)).isEmpty();
        assertThat(doctor.due(suspended)).containsExactly(unseen.id());
    }
}
