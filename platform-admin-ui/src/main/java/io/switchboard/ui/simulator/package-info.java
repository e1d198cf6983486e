/** A phone in the browser on which one writes to a bot as a customer would. */
@NullMarked
package io.switchboard.ui.simulator;

import org.jspecify.annotations.NullMarked;
