package io.switchboard.outbound;

import java.time.Duration;

/**
 * How long we are patient with somebody's server.
 *
 * @param connect for a connection, TLS included
 * @param silence between two pieces of an answer
 * @param total for everything, redirects included
 */
record OutboundPatience(Duration connect, Duration silence, Duration total) {

    static final OutboundPatience USUAL =
            new OutboundPatience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
