/** How much one address and one tenant may ask of this program, by token buckets. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation", "access"})
package io.switchboard.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
