/** What a newcomer finds on an empty installation: two organisations with documents and a bot each, and where to begin. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "tenancy",
            "access",
            "knowledge",
            "bots",
            "channels",
            "simulator"
        })
package io.switchboard.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
