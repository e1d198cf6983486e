package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import java.util.List;

/**
 * How far the change to the embedding model of the settings is.
 *
 * @param model that the settings name
 * @param waiting tenants that are still searched by the vectors of another one
 * @param texts of these tenants, as far as they were counted
 * @param embedded of these texts, by the model of the settings
 * @param tenants the first of those that wait
 */
public record ModelProgress(String model, int waiting, long texts, long embedded, List<TenantOnTheWay> tenants) {

    public ModelProgress {
        tenants = List.copyOf(tenants);
    }

    /**
     * A tenant that is still searched by another model's vectors.
     *
     * @param model that one
     * @param texts 0 if they were not counted yet
     */
    public record TenantOnTheWay(TenantId tenant, String model, long texts, long embedded) {}
}
