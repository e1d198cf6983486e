/** Who may do what: roles, what they permit, and how endpoints, pages and services say what they ask for. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.switchboard.permissions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
