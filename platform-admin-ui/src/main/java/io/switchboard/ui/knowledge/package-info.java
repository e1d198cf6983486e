/** Knowledge bases: what is in them, what goes in, and what a search finds. */
@NullMarked
package io.switchboard.ui.knowledge;

import org.jspecify.annotations.NullMarked;
