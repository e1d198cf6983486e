package io.switchboard.channels;

import java.time.Instant;

/** Outcome of {@link TemplateService#sync}. */
public sealed interface TemplateSync {

    /** @param templates how many there are now */
    record Synced(int templates, Instant at) implements TemplateSync {}

    record UnknownChannel() implements TemplateSync {}

    /**
     * The templates stay as they were.
     *
     * @param sentence why, in plain words
     * @param remedy what to do
     */
    record Refused(String sentence, String remedy) implements TemplateSync {}
}
