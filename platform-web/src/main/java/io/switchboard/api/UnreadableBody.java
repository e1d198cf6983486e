package io.switchboard.api;

import io.switchboard.api.ApiProblem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a JSON body could not be read, in words for the one who sent it. */
record UnreadableBody(String detail, List<FieldError> errors) {

    /** @param cause what the JSON parser said; null if there was no body */
    static UnreadableBody explain(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new UnreadableBody("The request needs a JSON body.", List.of());
            case UnrecognizedPropertyException e -> field(e, "is not a field of this request");
            case InvalidFormatException e
            when String.valueOf(e.getValue()).indexOf('\0') >= 0 -> field(e, "must not contain the NUL character");
            case MismatchedInputException e -> field(e, "has the wrong type");
            case DatabindException e -> field(e, "is not valid");
            default -> new UnreadableBody("The body is not well-formed JSON.", List.of());
        };
    }

    private static UnreadableBody field(JacksonException e, String message) {
        String path = path(e);
        if (path.isEmpty()) {
            return new UnreadableBody("The body is not the JSON object that this request takes.", List.of());
        }
        return new UnreadableBody("The request has invalid fields.", List.of(new FieldError(path, message)));
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
