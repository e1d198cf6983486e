/** The page on which people sign in. */
@NullMarked
package io.switchboard.ui.signin;

import org.jspecify.annotations.NullMarked;
