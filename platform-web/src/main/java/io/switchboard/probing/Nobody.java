package io.switchboard.probing;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes a value that nobody has out of one that somebody has: of the same form, and in the same place of any order. */
final class Nobody {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int KEPT = 2;

    private Nobody() {}

    static boolean isId(String value) {
        return UUID_TEXT.matcher(value).matches();
    }

    static String like(String value) {
        if (isId(value)) {
            UUID id = UUID.fromString(value);
            return new UUID(
                            id.getMostSignificantBits(),
                            (id.getLeastSignificantBits() & 0xC000_0000_0000_0000L)
                                    | (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL))
                    .toString();
        }
        int domain = value.indexOf('@');
        int end = domain < 0 ? value.length() : domain;
        StringBuilder made = new StringBuilder(value);
        for (int i = KEPT; i < end; i++) {
            char letter = value.charAt(i);
            if (Character.isDigit(letter)) {
                made.setCharAt(i, (char) ('0' + RANDOM.nextInt(10)));
            } else if (Character.isLowerCase(letter)) {
                made.setCharAt(i, (char) ('a' + RANDOM.nextInt(26)));
            }
        }
        return made.toString();
    }
}
