/** What is kept of customers: for how long, what was erased, and the tenant's export. */
@NullMarked
package io.switchboard.ui.privacy;

import org.jspecify.annotations.NullMarked;
