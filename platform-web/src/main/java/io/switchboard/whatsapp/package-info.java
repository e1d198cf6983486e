/** WhatsApp's providers: what they deliver to us and what we send through them, one package per provider. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "installation",
            "tenancy",
            "channels",
            "doctor",
            "conversations",
            "limits",
            "outbound",
            "webhooklog"
        })
package io.switchboard.whatsapp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
