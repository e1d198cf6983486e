package io.switchboard.api;

import io.switchboard.answering.AnswerModelException;
import io.switchboard.api.ApiProblem.FieldError;
import io.switchboard.permissions.NotPermittedException;
import io.switchboard.retrieval.ChunkIndexException;
import io.switchboard.security.BodyTooLargeException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers everything that goes wrong as problem details; what we did not foresee is logged here, once, and told to nobody. */
@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
    private static final String WRONG_FORM = "has the wrong form";
    private static final URI NO_TYPE = URI.create("about:blank");

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception e, WebRequest request) {
        LOG.error("{} failed", request.getDescription(false), e);
        return answer(
                e, HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; it was logged.", List.of(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> modelFailed(AnswerModelException e, WebRequest request) {
        LOG.warn("{} got no answer: {}", request.getDescription(false), e.getMessage());
        return answer(
                e,
                HttpStatus.SERVICE_UNAVAILABLE,
                "The model gives no answers at the moment; try again later.",
                List.of(),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> indexFailed(ChunkIndexException e, WebRequest request) {
        LOG.warn("{} found nothing: {}", request.getDescription(false), e.getMessage());
        return answer(
                e,
                HttpStatus.SERVICE_UNAVAILABLE,
                "The search index does not answer at the moment; try again later.",
                List.of(),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> notPermitted(NotPermittedException e, WebRequest request) {
        return answer(e, HttpStatus.FORBIDDEN, e.reason(), List.of(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> malformedMultipart(MultipartException e, WebRequest request) {
        return answer(
                e, HttpStatus.BAD_REQUEST, "The body is not well-formed multipart/form-data.", List.of(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                e,
                HttpStatus.CONTENT_TOO_LARGE,
                "The upload is larger than this installation accepts.",
                List.of(new FieldError("file", "is too large")),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(
                e,
                e.getFieldErrors().stream()
                        .map(error -> new FieldError(
                                error.getField(), error.isBindingFailure() ? WRONG_FORM : message(error)))
                        .toList(),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldError(
                                String.valueOf(result.getMethodParameter().getParameterName()), message(error))))
                .toList();
        return invalid(e, errors, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (isTooLarge(e)) {
            return answer(
                    e, HttpStatus.CONTENT_TOO_LARGE, "The body is larger than any request needs.", List.of(), request);
        }
        UnreadableBody body = UnreadableBody.explain(e.getCause());
        return answer(e, HttpStatus.BAD_REQUEST, body.detail(), body.errors(), request);
    }

    private static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException) {
                return true;
            }
        }
        return false;
    }

    /** A path that holds no id names nothing that exists; a parameter of the wrong form is a mistake to point out. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof MethodArgumentTypeMismatchException argument) {
            if (argument.getParameter().hasParameterAnnotation(PathVariable.class)) {
                return answer(e, HttpStatus.NOT_FOUND, "There is nothing at this address.", List.of(), request);
            }
            return invalid(e, List.of(new FieldError(argument.getName(), WRONG_FORM)), request);
        }
        return super.handleTypeMismatch(e, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, List.of(new FieldError(e.getParameterName(), "is missing")), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, List.of(new FieldError(e.getRequestPartName(), "is missing")), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            problem.setType(NO_TYPE);
        }
        return answer;
    }

    private @Nullable ResponseEntity<Object> invalid(Exception e, List<FieldError> errors, WebRequest request) {
        return answer(e, HttpStatus.BAD_REQUEST, "The request has invalid fields.", errors, request);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception e, HttpStatus status, String detail, List<FieldError> errors, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
    }

    private static String message(MessageSourceResolvable error) {
        return Stream.ofNullable(error.getDefaultMessage()).findFirst().orElse("is not valid");
    }
}
