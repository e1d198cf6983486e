package io.switchboard.retrieval;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentProcessing;
import io.switchboard.knowledge.EmbeddedTexts;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.retrieval.ModelProgress.TenantOnTheWay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Brings tenants from the embedding model that they had to the one that the settings name. Searches go on by the former model's vectors
 * until every passage has one of the next; then the tenant changes in one step. What has been embedded is stored at once, so that a crash
 * costs no more than the texts that were being embedded.
 */
@Service
public class ModelChange {

    private static final Logger LOG = LoggerFactory.getLogger(ModelChange.class);

    /** Texts in a step, some two seconds in process, after which it is another tenant's turn. */
    private static final int TEXTS = 64;

    /** Tenants that are named to the operator. */
    private static final int NAMED = 20;

    private final TenantModels models;
    private final TenantEmbedders embedders;
    private final DocumentProcessing processing;
    private final IndexingService indexing;
    private final SystemDatabase system;

    ModelChange(
            TenantModels models,
            TenantEmbedders embedders,
            DocumentProcessing processing,
            IndexingService indexing,
            SystemDatabase system) {
        this.models = models;
        this.embedders = embedders;
        this.processing = processing;
        this.indexing = indexing;
        this.system = system;
    }

    /** What is to be done for a tenant after a step. */
    public enum Next {
        /** Another step. */
        STEP,
        /** {@link #cleanUp}, once no search is under way that began before. */
        CLEAN_UP,
        /** Nothing. */
        NOTHING
    }

    /** The model that tenants are brought to. */
    public String target() {
        return models.configured().name();
    }

    /** Whether the tenant still has another model than the settings name. */
    @Internal
    public boolean isDue(TenantId tenant) {
        return !models.of(tenant).name().equals(target());
    }

    /**
     * Embeds some texts, or changes the tenant's model if there are none left.
     *
     * @throws EmbedderException if the model or its provider failed; another step may succeed later
     */
    @Internal
    public Next step(TenantId tenant) {
        if (!isDue(tenant)) {
            return Next.NOTHING;
        }
        Map<String, String> texts = processing.textsWithoutVector(tenant, target(), TEXTS);
        if (texts.isEmpty()) {
            VectorModel former = models.of(tenant);
            indexing.change(tenant, models.configured());
            LOG.info("Tenant {} is searched by vectors of {} now, until then by those of {}", tenant, target(), former);
            return Next.CLEAN_UP;
        }
        embed(tenant, texts);
        EmbeddedTexts embedded = processing.embeddedTexts(tenant, target());
        models.progress(tenant, target(), embedded.texts(), embedded.embedded());
        return Next.STEP;
    }

    private void embed(TenantId tenant, Map<String, String> texts) {
        List<String> hashes = List.copyOf(texts.keySet());
        List<float[]> vectors = embedders.configured().embedPassages(List.copyOf(texts.values()));
        Map<String, float[]> byHash = HashMap.newHashMap(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            byHash.put(hashes.get(i), vectors.get(i));
        }
        processing.storeEmbeddings(tenant, target(), byHash);
    }

    /** Removes what is left of models that the tenant does not have any more. */
    @Internal
    public void cleanUp(TenantId tenant) {
        if (!isDue(tenant)) {
            indexing.removeFormerModels(tenant);
            processing.keepEmbeddings(tenant, target());
        }
    }

    /** How far all tenants are. */
    @OperatorOnly
    public ModelProgress progress() {
        List<TenantOnTheWay> tenants = system.jdbc()
                .sql("""
                        select tenant_id, model, case when next_model = :target then texts else 0 end as texts,
                               case when next_model = :target then embedded else 0 end as embedded
                          from vector_model where model <> :target order by tenant_id
                        """)
                .param("target", target())
                .query((row, _) -> new TenantOnTheWay(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("model"),
                        row.getLong("texts"),
                        row.getLong("embedded")))
                .list();
        return new ModelProgress(
                target(),
                tenants.size(),
                tenants.stream().mapToLong(TenantOnTheWay::texts).sum(),
                tenants.stream().mapToLong(TenantOnTheWay::embedded).sum(),
                tenants.subList(0, Math.min(NAMED, tenants.size())));
    }
}
