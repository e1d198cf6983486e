package io.switchboard.channels;

/** Whether a telephone stands behind a channel. */
public sealed interface Pairing {

    /**
     * A telephone is to scan a picture, which is another one every few seconds.
     *
     * @param png the picture
     */
    record Waiting(byte[] png) implements Pairing {

        @Override
        public String toString() {
            return "Waiting[" + png.length + " bytes]";
        }
    }

    record Paired() implements Pairing {}

    /** There is nothing to scan now: the session stands still or starts, or nobody could be asked. The doctor says which. */
    record Resting() implements Pairing {}
}
