/** Switchboard: retrieval-augmented chatbots on WhatsApp for many organisations. */
@NullMarked
package io.switchboard;

import org.jspecify.annotations.NullMarked;
