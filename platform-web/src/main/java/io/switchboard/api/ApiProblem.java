package io.switchboard.api;

import io.switchboard.limits.Limits;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal that a controller throws; it is answered as problem details. */
final class ApiProblem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private ApiProblem(HttpStatus status, String detail, List<FieldError> errors) {
        super(status, body(status, detail, errors), null);
    }

    /** What is wrong with one field, its path as in {@code owner.email}. */
    record FieldError(String field, String message) {}

    /** There is none, or none of this tenant; which of them is not told. */
    static ApiProblem notFound(String what) {
        return new ApiProblem(HttpStatus.NOT_FOUND, "There is no such " + what + ".", List.of());
    }

    /** As {@link #notFound}, for an id in the body. */
    static ApiProblem unknown(String field, String what) {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "There is no such " + what + ".", List.of(new FieldError(field, "is unknown")));
    }

    static ApiProblem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    static ApiProblem invalid(List<FieldError> errors) {
        return new ApiProblem(HttpStatus.BAD_REQUEST, "The request has invalid fields.", errors);
    }

    static ApiProblem conflict(String field, String message) {
        return new ApiProblem(HttpStatus.CONFLICT, message, List.of(new FieldError(field, message)));
    }

    /** A credential is missing or wrong that is sent in the body. */
    static ApiProblem unauthorized(String field, String message) {
        return new ApiProblem(
                HttpStatus.UNAUTHORIZED, "The sign-in is not complete.", List.of(new FieldError(field, message)));
    }

    static ApiProblem of(HttpStatus status, String detail) {
        return new ApiProblem(status, detail, List.of());
    }

    /** @param what continues with when to try again */
    static ApiProblem tooMany(String what, Duration wait) {
        String seconds = Limits.retryAfter(wait);
        ApiProblem problem = of(HttpStatus.TOO_MANY_REQUESTS, what + "; try again in " + seconds + " s.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds);
        return problem;
    }

    private static ProblemDetail body(HttpStatus status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }
}
