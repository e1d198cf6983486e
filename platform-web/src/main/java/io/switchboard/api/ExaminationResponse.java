package io.switchboard.api;

import io.switchboard.doctor.Examination;
import io.switchboard.doctor.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a channel.
 *
 * @param state the worst of the steps: OK, UNKNOWN, WARNING or FAILED
 */
record ExaminationResponse(Instant at, Finding.State state, List<StepResponse> steps) {

    /**
     * @param step token, permissions, number, session, subscription, callback, templates, front-door, deliveries or last-message
     * @param remedy what to do; null if nothing
     */
    record StepResponse(
            String step,
            Finding.State state,
            String sentence,
            @Nullable String remedy) {}

    static ExaminationResponse of(Examination examination) {
        return new ExaminationResponse(
                examination.at(),
                examination.state(),
                examination.findings().stream().map(ExaminationResponse::of).toList());
    }

    private static StepResponse of(Finding finding) {
        return new StepResponse(
                finding.step().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                finding.state(),
                finding.sentence(),
                finding.remedy());
    }
}
