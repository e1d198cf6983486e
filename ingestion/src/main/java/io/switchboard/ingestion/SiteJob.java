package io.switchboard.ingestion;

import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;

/** The wish to read a site, or to take it away, as it is stored with the job. */
record SiteJob(TenantId tenant, SiteId site, int run) implements Job {

    /** Names the job; a site has at most one for each run. */
    @Override
    public String id() {
        return tenant + "/" + site + "/" + run;
    }
}
