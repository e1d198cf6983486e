/** Dead letters: what could not be answered or delivered, for a person to try again or put away. */
@NullMarked
package io.switchboard.ui.deadletters;

import org.jspecify.annotations.NullMarked;
