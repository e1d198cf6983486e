/** A phone in the browser: a channel whose customer is the visitor. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "tenancy", "channels", "conversations", "bots"})
package io.switchboard.simulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
