package io.switchboard.api;

import io.switchboard.privacy.ErasureReceipt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was erased.
 *
 * @param complete true if nothing was found when it was looked for again
 */
record ReceiptResponse(
        UUID id,
        Instant at,
        String actor,
        ErasureReceipt.Subject subject,
        UUID subjectId,
        boolean complete,
        long total,
        List<ErasureReceipt.Removed> removed) {

    static ReceiptResponse of(ErasureReceipt receipt) {
        return new ReceiptResponse(
                receipt.id(),
                receipt.at(),
                receipt.actor(),
                receipt.subject(),
                receipt.subjectId(),
                receipt.complete(),
                receipt.total(),
                receipt.removed());
    }
}
