package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The embedder of each tenant: that of its vectors, which after a change of the settings is the former one for a while. */
@Component
public class TenantEmbedders {

    private final Embedder configured;
    private final FormerEmbedders former;
    private final TenantModels models;

    TenantEmbedders(Embedder configured, FormerEmbedders former, TenantModels models) {
        this.configured = configured;
        this.former = former;
        this.models = models;
    }

    /** The tenant's; the one that the settings name if the tenant's cannot be had any more. */
    public Embedder of(TenantId tenant) {
        return find(models.of(tenant)).orElse(configured);
    }

    Embedder configured() {
        return configured;
    }

    /** Empty if nobody here can make vectors of this model. */
    Optional<Embedder> find(VectorModel model) {
        return model.name().equals(configured.model()) ? Optional.of(configured) : former.find(model.name());
    }
}
