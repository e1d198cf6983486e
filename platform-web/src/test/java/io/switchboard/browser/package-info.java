/** The program as people use it: in a browser. */
package io.switchboard.browser;
