package io.switchboard.knowledge;

import java.util.List;

/** Outcome of {@link FaqImport#importTable}. */
public sealed interface FaqImporting {

    /**
     * The table was read.
     *
     * @param added pairs that are new
     * @param changed pairs whose question was there with another answer, which they replace
     * @param unchanged pairs that were there already
     * @param refused lines that hold no pair that can be used, in their order
     */
    record Done(int added, int changed, int unchanged, List<Refused> refused) implements FaqImporting {

        public Done {
            refused = List.copyOf(refused);
        }
    }

    /**
     * A line that was left out.
     *
     * @param line where the pair begins in the file, from 1
     * @param reason for people, a whole sentence
     */
    record Refused(long line, String reason) {}

    record UnknownKnowledgeBase() implements FaqImporting {}

    /**
     * The file as a whole cannot be used.
     *
     * @param reason for people, a whole sentence
     */
    record Unreadable(String reason) implements FaqImporting {}
}
