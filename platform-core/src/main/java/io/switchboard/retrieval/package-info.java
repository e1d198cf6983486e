/** Finds the passages of a tenant that speak to a question. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "installation", "database", "tenancy", "audit", "knowledge"})
package io.switchboard.retrieval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
