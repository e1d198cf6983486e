/** Who did what: a tenant's entries for its administrators, the operators' own for operators. */
@NullMarked
package io.switchboard.ui.audit;

import org.jspecify.annotations.NullMarked;
