/** What one installation has on disk and in its environment: data directory, master key, addresses. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package io.switchboard.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
