package io.switchboard.access;

import java.util.Locale;
import java.util.Optional;

/** Base32 without padding (RFC 4648, section 6): text that survives being read out, typed, and selected with a double click. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int pending = 0;
        int held = 0;
        for (byte value : bytes) {
            pending = ((pending << Byte.SIZE) | (value & 0xFF)) & 0xFFF;
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt((pending >> held) & 0x1F));
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((pending << (BITS - held)) & 0x1F));
        }
        return text.toString();
    }

    /** Reads capitals and small letters alike; empty if a character is none of the alphabet's. */
    static Optional<byte[]> decode(String text) {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int pending = 0;
        int held = 0;
        int next = 0;
        for (char character : text.toUpperCase(Locale.ROOT).toCharArray()) {
            int value = ALPHABET.indexOf(character);
            if (value < 0) {
                return Optional.empty();
            }
            pending = ((pending << BITS) | value) & 0xFFF;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[next++] = (byte) (pending >> held);
            }
        }
        return Optional.of(bytes);
    }
}
