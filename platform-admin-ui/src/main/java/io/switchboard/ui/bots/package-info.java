/** Bots: how they speak, what they know, and which version of them is live. */
@NullMarked
package io.switchboard.ui.bots;

import org.jspecify.annotations.NullMarked;
