/** What providers delivered to each channel, and what became of it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "permissions", "installation", "database", "tenancy"})
package io.switchboard.webhooklog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
