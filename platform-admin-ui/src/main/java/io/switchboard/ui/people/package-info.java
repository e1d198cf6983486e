/** The operator's help for people with their accounts. */
@NullMarked
package io.switchboard.ui.people;

import org.jspecify.annotations.NullMarked;
