package io.switchboard.answering;

import io.switchboard.kernel.TenantId;

/** Turns speech into text. */
public interface Transcriber {

    /**
     * The words of a recording; blank if there are none. One try.
     *
     * @param mediaType what the bytes are, such as {@code audio/opus}
     * @throws TranscriberException if there is no text to be had
     */
    String transcribe(TenantId tenant, byte[] recording, String mediaType);
}
