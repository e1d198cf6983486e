/** Whether the probes see what they are there to see. */
package io.switchboard.probing;
