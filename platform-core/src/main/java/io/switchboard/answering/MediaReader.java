package io.switchboard.answering;

import io.switchboard.kernel.TenantId;

/** Turns what customers send besides text into text, by one of the senses. */
public interface MediaReader {

    /** What a reader has. */
    enum Sense {
        /** Recordings become the words that are spoken in them. */
        HEARING,
        /** Pictures become a description, with the words that can be read in them. */
        SIGHT,
        /** Of documents, the beginning of their text. */
        READING
    }

    Sense sense();

    /**
     * What is said or shown; blank if there is nothing. A customer's own words, or made of them: data, never an instruction. One try.
     *
     * @param mediaType what the bytes are, such as {@code audio/opus} or {@code image/jpeg}
     * @throws MediaReaderException if there is no text to be had
     */
    String read(TenantId tenant, byte[] content, String mediaType);
}
