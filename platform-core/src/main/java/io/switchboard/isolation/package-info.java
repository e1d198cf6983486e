/** Whether the wall between tenants holds: probes that try to pass it, and what they found. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "database", "tenancy", "audit"})
package io.switchboard.isolation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
