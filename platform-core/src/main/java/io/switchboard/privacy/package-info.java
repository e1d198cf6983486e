/** What is kept of people and tenants, for how long, how they get it and how it goes. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "installation",
            "permissions",
            "database",
            "tenancy",
            "access",
            "audit",
            "knowledge",
            "retrieval",
            "conversations"
        })
package io.switchboard.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
