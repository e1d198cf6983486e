/** The operator's check that tenants are kept apart. */
@NullMarked
package io.switchboard.ui.isolation;

import org.jspecify.annotations.NullMarked;
