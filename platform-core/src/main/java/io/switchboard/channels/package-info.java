/** The numbers and widgets of a tenant, and the port through which replies leave. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "database",
            "tenancy",
            "audit",
            "secrets",
            "bots",
            "outbound"
        })
package io.switchboard.channels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
