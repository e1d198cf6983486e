/** Who did what to which object; append-only. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "database", "tenancy"})
package io.switchboard.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
