/** HTTP to others: to providers, once and within a limit; to addresses that tenants typed, checked, pinned and bounded. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation"})
package io.switchboard.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
