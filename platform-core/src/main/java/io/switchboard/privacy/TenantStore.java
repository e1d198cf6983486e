package io.switchboard.privacy;

import java.util.function.LongSupplier;

/**
 * A place where things of one tenant are kept.
 *
 * @param name as receipts call it
 * @param emptying removes them; answers how many there were
 * @param looking answers how many are there now
 */
record TenantStore(String name, LongSupplier emptying, LongSupplier looking) {

    long empty() {
        return emptying.getAsLong();
    }

    long left() {
        return looking.getAsLong();
    }
}
