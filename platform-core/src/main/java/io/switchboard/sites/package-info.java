/** Web sites as sources of documents: what to read of them, when, and how far a run has come. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "database", "tenancy", "audit", "outbound", "knowledge"})
package io.switchboard.sites;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
