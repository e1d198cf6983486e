package io.switchboard.probing;

import io.switchboard.access.User;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Tenant;
import java.util.List;
import java.util.Map;

/**
 * A tenant with one of everything.
 *
 * @param canary a word that stands in every text of the tenant and nowhere else
 * @param values by kind, as the cases name them: ids, keys, addresses; the kinds of two worlds are the same
 */
public record World(Tenant tenant, User owner, String canary, Map<String, String> values) {

    /** Values of which a stranger must not see a single one. */
    private static final List<String> TOLD_TO_ANYBODY = List.of("text", "word", "password");

    public World {
        values = Map.copyOf(values);
    }

    public TenantId id() {
        return tenant.id();
    }

    public String value(String kind) {
        String value = values.get(kind);
        if (value == null) {
            throw new IllegalArgumentException("a world has no " + kind + "; let WorldMaker make one");
        }
        return value;
    }

    /** What may be in no answer to anybody else. */
    List<String> marks() {
        return values.entrySet().stream()
                .filter(entry -> !TOLD_TO_ANYBODY.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "World[" + tenant.slug() + "]";
    }
}
