package io.switchboard;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The app on somebody's phone (RFC 6238), with nothing of the program's own classes. */
public record Authenticator(String secret) {

    /** What it shows so many steps of 30 seconds from now. */
    public String code(int steps) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key(), "HmacSHA1"));
            long step = Instant.now().getEpochSecond() / 30 + steps;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The secret's own bytes. */
    public byte[] key() {
        StringBuilder bits = new StringBuilder();
        for (char character : secret.replace(" ", "").toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character);
            bits.append("%5s".formatted(Integer.toBinaryString(value)).replace(' ', '0'));
        }
        byte[] key = new byte[bits.length() / 8];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return key;
    }
}
