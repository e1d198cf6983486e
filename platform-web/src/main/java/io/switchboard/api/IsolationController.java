package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.audit.AuditService;
import io.switchboard.isolation.IsolationCheck;
import io.switchboard.isolation.IsolationRun;
import io.switchboard.isolation.IsolationService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.OperatorOnly;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The check that tenants are kept apart on the running installation. */
@RestController
@RequestMapping("/api/v1/isolation-checks")
@OperatorOnly
class IsolationController {

    private final IsolationService isolation;
    private final AuditService audit;

    IsolationController(IsolationService isolation, AuditService audit) {
        this.isolation = isolation;
        this.audit = audit;
    }

    /**
     * A check that was run.
     *
     * @param passed true if nothing came through
     * @param attempts calls of endpoints and statements on tables
     */
    record CheckResponse(
            UUID id,
            Instant at,
            String actor,
            boolean passed,
            int endpoints,
            int tables,
            int attempts,
            List<String> leaks,
            long durationMillis) {

        static CheckResponse of(IsolationCheck check) {
            return new CheckResponse(
                    check.id(),
                    check.at(),
                    check.actor(),
                    check.passed(),
                    check.endpoints(),
                    check.tables(),
                    check.attempts(),
                    check.leaks(),
                    check.duration().toMillis());
        }
    }

    /** Runs a check, which takes some ten seconds, and answers with what it found. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CheckResponse run(Caller caller) {
        return switch (isolation.run(caller.actor(), audit.here())) {
            case IsolationRun.Finished(var check) -> CheckResponse.of(check);
            case IsolationRun.AlreadyRunning() ->
                throw ApiProblem.of(HttpStatus.CONFLICT, "A check is under way; wait for it to end.");
        };
    }

    /** Newest first. */
    @GetMapping
    Slice<CheckResponse> list(PageRequest page) {
        return isolation.list(page).map(CheckResponse::of);
    }
}
