/** Mail to the people who work with Switchboard, where the operator has named a server for it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation"})
package io.switchboard.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
