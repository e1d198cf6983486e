package io.switchboard.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.kernel.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the database said a moment ago, for things that every message asks and that people change now and then. A change made by this
 * process shows at once if its maker calls {@link #forget}; one made by another process within {@link #SPAN}. Not for permissions or for
 * whether a tenant is active: those are asked anew.
 */
public final class ShortMemory<K, V> {

    public static final Duration SPAN = Duration.ofSeconds(1);

    private static final int ENTRIES = 10_000;

    private final Cache<Entry<K>, V> entries =
            Caffeine.newBuilder().expireAfterWrite(SPAN).maximumSize(ENTRIES).build();

    /** What is remembered, else what is loaded; that something is not there is not remembered. */
    public Optional<V> get(TenantId tenant, K key, Supplier<Optional<V>> load) {
        return Optional.ofNullable(
                entries.get(new Entry<>(tenant, key), _ -> load.get().orElse(null)));
    }

    /** To be called once the change is committed. A load that runs meanwhile is waited for, so what it read is forgotten too. */
    public void forget(TenantId tenant, K key) {
        entries.invalidate(new Entry<>(tenant, key));
    }

    private record Entry<K>(TenantId tenant, K key) {}
}
