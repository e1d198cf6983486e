/** A stand-in for a Qdrant server. */
package io.switchboardtest.qdrant;
