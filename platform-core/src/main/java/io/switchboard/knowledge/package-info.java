/** Knowledge bases, their documents and the chunks made of them. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "installation", "database", "tenancy", "audit", "outbound"})
package io.switchboard.knowledge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
