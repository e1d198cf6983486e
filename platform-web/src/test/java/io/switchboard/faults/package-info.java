/**
 * Proof that nothing is lost, doubled or out of order: the packaged program under kills, cuts and failing neighbours, and an oracle that
 * compares what customers sent, what is stored and what the provider got.
 */
package io.switchboard.faults;
