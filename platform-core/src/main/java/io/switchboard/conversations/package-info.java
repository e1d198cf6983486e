/** Messages, the turn engine that answers them, and the sender that delivers the replies. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "database",
            "tenancy",
            "bots",
            "channels",
            "secrets",
            "usage",
            "answering",
            "audit"
        })
package io.switchboard.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
