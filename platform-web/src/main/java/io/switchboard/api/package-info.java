/** The REST API: JSON, problem details (RFC 9457), cursor paging. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "security",
            "limits",
            "media",
            "access",
            "audit",
            "isolation",
            "tenancy",
            "knowledge",
            "sites",
            "outbound",
            "retrieval",
            "answering",
            "bots",
            "channels",
            "doctor",
            "webhooklog",
            "conversations",
            "usage",
            "privacy"
        })
package io.switchboard.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
