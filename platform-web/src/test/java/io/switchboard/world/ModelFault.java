package io.switchboard.world;

import java.time.Duration;

/** A way in which a model provider fails. */
public sealed interface ModelFault {

    /** 429 with a Retry-After header. */
    record Throttled(Duration retryAfter) implements ModelFault {}

    /** A server error, answered at once. */
    record Broken(int status) implements ModelFault {}

    /** Nothing at all for this long, then the connection ends. */
    record Silent(Duration time) implements ModelFault {}

    /** A right answer, one byte at a time. */
    record Dripping(Duration perByte) implements ModelFault {}

    /** 200 with something that is not what was asked for. */
    record Garbled(String body) implements ModelFault {}

    /** The connection is reset before an answer. */
    record Cut() implements ModelFault {}
}
