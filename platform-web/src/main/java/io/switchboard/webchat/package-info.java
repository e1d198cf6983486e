/** Web chat: a bot on a tenant's own page, by one script tag. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "channels", "conversations", "limits", "media", "security"})
package io.switchboard.webchat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
