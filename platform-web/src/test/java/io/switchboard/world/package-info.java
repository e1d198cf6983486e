/**
 * The world outside Switchboard, for tests and benchmarks that run the packaged program: a model, a provider, a database server,
 * customers, and the program itself as a child process. Everything listens on loopback only.
 */
package io.switchboard.world;
