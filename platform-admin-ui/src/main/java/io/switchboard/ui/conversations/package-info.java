/** Conversations: what customers and bots say to each other, as it happens. */
@NullMarked
package io.switchboard.ui.conversations;

import org.jspecify.annotations.NullMarked;
