/** The building blocks that views are made of. */
@NullMarked
package io.switchboard.ui.parts;

import org.jspecify.annotations.NullMarked;
