package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document holds until another time than before; published in the transaction that decides it. The index is to be looked at now, and
 * when that time has come.
 */
public record ValidityChanged(
        TenantId tenant, DocumentId document, @Nullable Instant validUntil) {}
