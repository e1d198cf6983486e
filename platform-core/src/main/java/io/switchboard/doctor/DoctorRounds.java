package io.switchboard.doctor;

import io.switchboard.channels.TemplateService;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantErrands;
import io.switchboard.tenancy.TenantStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has every tenant's channels examined and their templates fetched when their time has come. */
@Component
class DoctorRounds extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DoctorRounds.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 4;

    private final TenancyService tenancy;
    private final NumberDoctor doctor;
    private final TemplateService templates;
    private final TenantErrands errands = new TenantErrands("doctor-errands", AT_ONCE);

    DoctorRounds(TenancyService tenancy, NumberDoctor doctor, TemplateService templates) {
        super("doctor-rounds", FIRST, PAUSE);
        this.tenancy = tenancy;
        this.doctor = doctor;
        this.templates = templates;
    }

    @Override
    protected void round() {
        for (TenantId tenant : tenancy.ids()) {
            if (!isRunning()) {
                return;
            }
            try {
                if (tenancy.find(tenant)
                        .map(Tenant::status)
                        .filter(TenantStatus.ACTIVE::equals)
                        .isPresent()) {
                    begin(tenant);
                }
            } catch (RuntimeException e) {
                LOG.warn("Channels of tenant {} were not examined; the next round tries again", tenant, e);
            }
        }
    }

    private void begin(TenantId tenant) {
        for (ChannelId id : doctor.due(tenant)) {
            errands.begin(tenant, "examination of channel " + id, () -> doctor.examineIfDue(tenant, id));
        }
        for (ChannelId id : templates.due(tenant)) {
            errands.begin(tenant, "list of templates of channel " + id, () -> templates.syncIfDue(tenant, id));
        }
    }

    @Override
    protected void endErrands() {
        errands.cancel();
    }
}
