/** The document pipeline: parse, split, embed, index, as jobs that survive a crash. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "installation",
            "database",
            "tenancy",
            "answering",
            "knowledge",
            "channels",
            "outbound",
            "retrieval",
            "sites"
        })
package io.switchboard.ingestion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
