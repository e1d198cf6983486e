package io.switchboard.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What was found out about a channel at one time, step by step. */
public record Examination(Instant at, List<Finding> findings) {

    public Examination {
        findings = List.copyOf(findings);
    }

    /** The worst of all steps. */
    public Finding.State state() {
        return findings.stream()
                .map(Finding::state)
                .max(Comparator.naturalOrder())
                .orElse(Finding.State.OK);
    }
}
