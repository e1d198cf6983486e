/** Who may sign in, to which tenant, and what they may do there. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "database",
            "tenancy",
            "audit",
            "mail",
            "secrets"
        })
package io.switchboard.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
