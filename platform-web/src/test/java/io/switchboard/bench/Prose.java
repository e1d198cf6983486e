package io.switchboard.bench;

import java.util.Random;

/** English of no meaning in paragraphs, never the same twice: what identical texts would save is not what is measured. */
final class Prose {

    private static final String[] WORDS = """
            the of and to a in is that for it as with on by this be are from or an which can have not at has more when one other
            their these time people water system house market river paper music letter number morning garden engine window
            minister village company question history school language winter summer evening station harbour bridge library museum
            teacher doctor farmer captain builder student visitor customer member council report record account payment delivery
            ticket opening closing repair warranty return refund order parcel address telephone office counter entrance building
            kitchen bedroom corridor elevator parking bicycle journey passenger luggage platform timetable holiday weather forecast
            temperature pressure measure weight length distance material copper timber cotton leather plastic concrete machine
            motor battery cable signal network message memory picture colour shape surface pattern structure process method result
            reason example problem solution decision agreement contract insurance interest budget salary expense profit supply
            demand export import harvest forest mountain island desert ocean climate energy current voltage resistance frequency
            opened closed reached measured carried written explained described followed prepared delivered repaired returned
            quickly slowly carefully often rarely usually nearly almost twice together separately""".strip().split("\\s+");

    private final Random random;

    Prose(long seed) {
        random = new Random(seed);
    }

    /** About so many words, in sentences. */
    String paragraph(int words) {
        StringBuilder text = new StringBuilder();
        for (int written = 0; written < words; ) {
            int length = 8 + random.nextInt(10);
            String first = word();
            text.append(Character.toUpperCase(first.charAt(0))).append(first.substring(1));
            for (int i = 1; i < length; i++) {
                text.append(' ').append(word());
            }
            text.append(". ");
            written += length;
        }
        return text.toString().strip();
    }

    String title() {
        return word() + " " + word() + " " + random.nextInt(100_000);
    }

    /** Frequent words come first in the list, and first in the draw. */
    private String word() {
        double draw = random.nextDouble();
        return WORDS[(int) (WORDS.length * draw * draw)];
    }
}
