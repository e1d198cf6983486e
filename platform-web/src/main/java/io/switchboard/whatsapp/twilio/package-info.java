/** WhatsApp through Twilio's Programmable Messaging: webhook, signature, parameters, gateway, and what is fetched after an outage. */
@NullMarked
package io.switchboard.whatsapp.twilio;

import org.jspecify.annotations.NullMarked;
