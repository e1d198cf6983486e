/** Tests of the demo content, and what prints it. */
package io.switchboard.demo;
