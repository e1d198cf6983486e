/** Whether what the program depends on answers. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "retrieval", "answering"})
package io.switchboard.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
