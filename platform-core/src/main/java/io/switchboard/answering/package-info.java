/** The answer chain: retrieve, decide whether the passages suffice, answer with citations. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "database", "tenancy", "knowledge", "retrieval", "bots", "usage"
        })
package io.switchboard.answering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
