/** Benchmarks that {@code ./platform bench} runs: every class {@code XBenchmark} with a main is one, called by the name x. */
package io.switchboard.bench;
