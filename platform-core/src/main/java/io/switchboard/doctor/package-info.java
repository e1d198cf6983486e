/** The number doctor: finds out why a channel does not work, and says what to do. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "installation", "database", "tenancy", "audit", "channels"})
package io.switchboard.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
