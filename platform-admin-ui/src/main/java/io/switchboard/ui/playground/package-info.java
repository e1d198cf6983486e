/** A page to ask a bot and see how the answer came about. */
@NullMarked
package io.switchboard.ui.playground;

import org.jspecify.annotations.NullMarked;
