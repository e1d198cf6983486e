/** The operator's page of the search index: which store it is in, and making it anew. */
@NullMarked
package io.switchboard.ui.searchindex;

import org.jspecify.annotations.NullMarked;
