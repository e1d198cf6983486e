/** Monthly quotas, reservations and the ledger of what was used. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "database", "tenancy"})
package io.switchboard.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
