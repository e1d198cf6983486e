/** The address from which a provider fetches a file that a person sends to a customer. */
@NullMarked
@ApplicationModule(allowedDependencies = {"channels", "conversations", "limits"})
package io.switchboard.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
