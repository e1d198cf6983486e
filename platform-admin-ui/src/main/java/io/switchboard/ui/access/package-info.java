/** Who and what may come in: people, API keys, and one's own account. */
@NullMarked
package io.switchboard.ui.access;

import org.jspecify.annotations.NullMarked;
