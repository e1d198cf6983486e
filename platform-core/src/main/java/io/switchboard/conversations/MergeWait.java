package io.switchboard.conversations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for more of the same burst before answering.
 *
 * @param pause from the newest message
 * @param longest from the first message of the burst, whatever comes after it
 */
record MergeWait(Duration pause, Duration longest) {

    private static final int LONGEST_IN_PAUSES = 3;

    /** Question marks of the scripts that have one: Latin, full-width, Arabic, Greek (two code points), reversed. */
    private static final String QUESTION_MARKS = "?\uFF1F\u061F\u037E;\u2E2E";

    /** @param wait the bot's setting; zero means at once */
    static MergeWait after(@Nullable String text, Duration wait) {
        return new MergeWait(asks(text) ? wait.dividedBy(2) : wait, wait.multipliedBy(LONGEST_IN_PAUSES));
    }

    /** After a question mark a further message is less likely. */
    private static boolean asks(@Nullable String text) {
        if (text == null) {
            return false;
        }
        String stripped = text.strip();
        return !stripped.isEmpty() && QUESTION_MARKS.indexOf(stripped.charAt(stripped.length() - 1)) >= 0;
    }
}
