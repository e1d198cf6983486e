package io.switchboard.channels;

/** Tells what bytes are, whatever they are called. */
@FunctionalInterface
public interface MediaTypes {

    /** @return a media type such as {@code audio/opus}; {@code application/octet-stream} where the bytes say nothing */
    String of(byte[] content);
}
