/** Channels: the numbers of a tenant, and how to connect one. */
@NullMarked
package io.switchboard.ui.channels;

import org.jspecify.annotations.NullMarked;
