package io.switchboard.probing;

import io.switchboard.access.Caller;
import io.switchboard.access.User;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Tenant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A {@link World} while it is being made. */
final class WorldDraft {

    private final Tenant tenant;
    private final User founder;
    private final Caller owner;
    private final String canary;
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param owner the founder as a caller
     * @param canary a word that is to stand in every text
     */
    WorldDraft(Tenant tenant, User founder, Caller owner, String canary) {
        this.tenant = tenant;
        this.founder = founder;
        this.owner = owner;
        this.canary = canary;
    }

    Tenant tenant() {
        return tenant;
    }

    TenantId id() {
        return tenant.id();
    }

    User founder() {
        return founder;
    }

    Caller owner() {
        return owner;
    }

    String text() {
        return get("text");
    }

    /** @param kind as the cases of {@code endpoints.txt} name it */
    void put(String kind, Object value) {
        values.put(kind, value.toString());
    }

    String get(String kind) {
        return Objects.requireNonNull(values.get(kind), kind);
    }

    World done() {
        return new World(tenant, founder, canary, values);
    }
}
