/** A tenant's bots: what they know, how they speak, and which version of them is live. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "database", "tenancy", "audit", "knowledge"})
package io.switchboard.bots;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
