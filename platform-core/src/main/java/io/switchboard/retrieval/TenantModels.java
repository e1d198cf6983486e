package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The model whose vectors each tenant's index holds. It is a row of PostgreSQL, so that the change to another model is one step for
 * everybody who asks, and whoever writes into the index keeps the row from changing meanwhile.
 */
@Component
public class TenantModels {

    private static final ScopedValue<Seen> SEEN = ScopedValue.newInstance();

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final VectorModel configured;

    TenantModels(TenantTransactions transactions, JdbcClient jdbc, Embedder embedder) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.configured = VectorModel.of(embedder);
    }

    private record Seen(TenantId tenant, VectorModel model) {}

    /** The model that the settings name. */
    public VectorModel configured() {
        return configured;
    }

    /** The tenant's model now; within {@link #during} the one that was named there. */
    public VectorModel of(TenantId tenant) {
        if (SEEN.isBound() && SEEN.get().tenant().equals(tenant)) {
            return SEEN.get().model();
        }
        return transactions.call(tenant, () -> read(tenant, "").orElseGet(() -> begin(tenant)));
    }

    /** Does work in whose course the tenant's model is taken to be this one; nobody is kept from changing it. */
    public <T> T during(TenantId tenant, VectorModel model, Supplier<T> work) {
        return ScopedValue.where(SEEN, new Seen(tenant, model)).call(work::get);
    }

    /**
     * Keeps the model as it is until the open transaction ends.
     *
     * @return false if it is another one already
     */
    boolean hold(TenantId tenant, VectorModel model) {
        insert(tenant, model);
        return read(tenant, "for share").filter(model::equals).isPresent();
    }

    /** Gives the tenant another model when the open transaction ends; until then everybody who writes into the index waits. */
    void change(TenantId tenant, VectorModel next) {
        jdbc.sql("""
                        update vector_model set model = :model, dimension = :dimension, next_model = null, texts = 0, embedded = 0
                         where tenant_id = :tenant
                        """)
                .param("tenant", tenant.value())
                .param("model", next.name())
                .param("dimension", next.dimension())
                .update();
    }

    /** Keeps how far the way to the next model is, for people. */
    void progress(TenantId tenant, @Nullable String nextModel, long texts, long embedded) {
        transactions.run(
                tenant,
                () -> jdbc.sql("""
                        update vector_model set next_model = :next, texts = :texts, embedded = :embedded
                         where tenant_id = :tenant
                        """)
                        .param("tenant", tenant.value())
                        .param("next", nextModel)
                        .param("texts", texts)
                        .param("embedded", embedded)
                        .update());
    }

    private Optional<VectorModel> read(TenantId tenant, String lock) {
        return jdbc.sql("select model, dimension from vector_model where tenant_id = :tenant " + lock)
                .param("tenant", tenant.value())
                .query((row, _) -> new VectorModel(row.getString("model"), row.getInt("dimension")))
                .optional();
    }

    /**
     * A tenant without a row has the model that most of its vectors are of, and keeps it. Without vectors there is nothing to keep: the
     * row comes with the first of them, and not after a tenant was erased.
     */
    private VectorModel begin(TenantId tenant) {
        VectorModel present = jdbc.sql("""
                        select model, min(octet_length(vector)) / 4 as dimension from embedding
                         where tenant_id = :tenant group by model order by count(*) desc, model = :configured desc limit 1
                        """)
                .param("tenant", tenant.value())
                .param("configured", configured.name())
                .query((row, _) -> new VectorModel(row.getString("model"), row.getInt("dimension")))
                .optional()
                .orElse(null);
        if (present == null) {
            return configured;
        }
        insert(tenant, present);
        return read(tenant, "").orElse(present);
    }

    private void insert(TenantId tenant, VectorModel model) {
        jdbc.sql("""
                        insert into vector_model (tenant_id, model, dimension) values (:tenant, :model, :dimension)
                        on conflict do nothing
                        """)
                .param("tenant", tenant.value())
                .param("model", model.name())
                .param("dimension", model.dimension())
                .update();
    }
}
