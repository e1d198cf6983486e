/** What people see in a browser: one package per feature, each on top of that feature's service. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "permissions",
            "installation",
            "tenancy",
            "access",
            "knowledge",
            "sites",
            "outbound",
            "retrieval",
            "answering",
            "bots",
            "channels",
            "doctor",
            "webhooklog",
            "audit",
            "isolation",
            "conversations",
            "simulator",
            "usage",
            "privacy"
        })
package io.switchboard.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
