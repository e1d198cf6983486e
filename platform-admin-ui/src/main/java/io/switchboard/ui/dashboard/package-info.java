/** The first page: how much is answered, what waits, and what to do next. */
@NullMarked
package io.switchboard.ui.dashboard;

import org.jspecify.annotations.NullMarked;
