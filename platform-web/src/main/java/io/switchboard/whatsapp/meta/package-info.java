/** Meta's WhatsApp Cloud API: webhook, signature, payloads and gateway. */
@NullMarked
package io.switchboard.whatsapp.meta;

import org.jspecify.annotations.NullMarked;
