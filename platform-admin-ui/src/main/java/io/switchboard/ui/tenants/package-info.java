/** The operator's view of all organisations. */
@NullMarked
package io.switchboard.ui.tenants;

import org.jspecify.annotations.NullMarked;
