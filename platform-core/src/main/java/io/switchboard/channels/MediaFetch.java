package io.switchboard.channels;

/** Outcome of {@link ChannelMedia#fetch}. */
public sealed interface MediaFetch {

    /** All of it, as the provider gave it; what it is remains to be seen. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one to the next, never compared
    record Fetched(byte[] content) implements MediaFetch {}

    /** There is no such file for us, now or later: too long, elsewhere than where it may be. */
    record Missing(String reason) implements MediaFetch {}

    /** The address is good no longer; the provider may name another. */
    record Expired(String reason) implements MediaFetch {}

    /** It may be there the next time. */
    record Unavailable(String reason) implements MediaFetch {}
}
