/** Organisations, their plans, and the wall that keeps their rows apart. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "installation", "database"})
package io.switchboard.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
