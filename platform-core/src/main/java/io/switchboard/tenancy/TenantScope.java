package io.switchboard.tenancy;

import io.switchboard.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The tenant whose transaction this thread is in; ends with the block that bound it, so nothing is left over for the next one. */
final class TenantScope {

    static final ScopedValue<TenantId> CURRENT = ScopedValue.newInstance();

    private TenantScope() {}

    static @Nullable TenantId current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }
}
