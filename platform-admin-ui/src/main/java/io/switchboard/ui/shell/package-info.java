/** The frame around every view, who is signed in, and live updates. */
@NullMarked
package io.switchboard.ui.shell;

import org.jspecify.annotations.NullMarked;
