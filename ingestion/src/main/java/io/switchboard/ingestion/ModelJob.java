package io.switchboard.ingestion;

import io.switchboard.kernel.TenantId;

/**
 * The wish to bring a tenant to an embedding model, as it is stored with the job.
 *
 * @param model its name
 */
record ModelJob(TenantId tenant, String model) implements Job {

    @Override
    public String id() {
        return tenant + "/" + model;
    }
}
