/** Files that people send to customers, as answers to whoever may have them, and the address from which a provider fetches one. */
@NullMarked
@ApplicationModule(allowedDependencies = {"channels", "conversations", "limits", "security"})
package io.switchboard.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
