/** Encryption of the credentials that tenants entrust to us. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation", "database", "tenancy"})
package io.switchboard.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
