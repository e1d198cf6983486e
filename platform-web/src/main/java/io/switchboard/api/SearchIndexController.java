package io.switchboard.api;

import io.switchboard.permissions.OperatorOnly;
import io.switchboard.retrieval.IndexRebuild;
import io.switchboard.retrieval.ModelChange;
import io.switchboard.retrieval.ModelProgress;
import io.switchboard.retrieval.RebuildProgress;
import io.switchboard.retrieval.StoreInUse;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where vectors and words are searched, and what is being made anew there. */
@RestController
@RequestMapping("/api/v1/search-index")
@OperatorOnly
class SearchIndexController {

    private final IndexRebuild rebuild;
    private final ModelChange change;

    SearchIndexController(IndexRebuild rebuild, ModelChange change) {
        this.rebuild = rebuild;
        this.change = change;
    }

    record SearchIndexResponse(StoreInUse store, RebuildProgress rebuild, EmbeddingResponse embedding) {}

    /**
     * The way to the embedding model that the settings name.
     *
     * @param tenantsWaiting that are still searched by another model's vectors
     * @param passages of these tenants, as far as they were counted
     * @param tenants the first of them
     */
    record EmbeddingResponse(
            String model, int tenantsWaiting, long passages, long embedded, List<WaitingTenant> tenants) {

        static EmbeddingResponse of(ModelProgress progress) {
            return new EmbeddingResponse(
                    progress.model(),
                    progress.waiting(),
                    progress.texts(),
                    progress.embedded(),
                    progress.tenants().stream()
                            .map(each -> new WaitingTenant(
                                    each.tenant().value(), each.model(), each.texts(), each.embedded()))
                            .toList());
        }
    }

    /** @param model by whose vectors the tenant is searched until then */
    record WaitingTenant(UUID tenantId, String model, long passages, long embedded) {}

    @GetMapping
    SearchIndexResponse show() {
        return new SearchIndexResponse(rebuild.store(), rebuild.progress(), EmbeddingResponse.of(change.progress()));
    }
}
