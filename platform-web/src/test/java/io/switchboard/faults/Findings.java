package io.switchboard.faults;

import java.util.ArrayList;
import java.util.List;

/** What a drill saw, beside the oracle's verdict. */
final class Findings {

    private final List<Check> checks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Verdict verdict;

    /** @param seen what was measured */
    record Check(String claim, boolean holds, String seen) {}

    /** Notes whether a claim holds; a drill passes if all do. */
    void check(String claim, boolean holds, Object seen) {
        checks.add(new Check(claim, holds, String.valueOf(seen)));
    }

    void note(String text) {
        notes.add(text);
    }

    /** Every drill ends with this. */
    void verdict(Verdict found) {
        verdict = found;
    }

    Verdict verdict() {
        return verdict;
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean passed() {
        return verdict != null && verdict.flawless() && checks.stream().allMatch(Check::holds);
    }
}
