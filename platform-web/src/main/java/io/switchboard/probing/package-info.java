/** Tries, over HTTP as any client would, to get at one tenant's data as another. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "installation",
            "permissions",
            "tenancy",
            "access",
            "knowledge",
            "sites",
            "outbound",
            "bots",
            "channels",
            "conversations",
            "simulator",
            "privacy",
            "audit",
            "answering",
            "isolation",
            "security"
        })
package io.switchboard.probing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
