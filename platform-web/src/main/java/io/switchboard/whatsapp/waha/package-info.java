/** WhatsApp through WAHA, a program that tenants run themselves: webhook, signature, payloads, gateway, and what is fetched after an outage. */
@NullMarked
package io.switchboard.whatsapp.waha;

import org.jspecify.annotations.NullMarked;
