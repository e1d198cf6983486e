package io.switchboard.probing;

import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Requires;
import io.switchboard.security.Anyone;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * An address of the running program.
 *
 * @param handler null for one that serves files or pages
 */
public record Endpoint(
        String method,
        String pattern,
        boolean multipart,
        @Nullable HandlerMethod handler) {

    /** Without names of variables and versions of libraries. */
    String shape() {
        return method + " " + pattern.replaceAll("\\{[^}]*}", "{}").replaceAll("/[0-9]+(\\.[0-9]+)+/", "/*/")
                + (multipart ? " file" : "");
    }

    public @Nullable Requires requires() {
        return find(Requires.class);
    }

    public boolean operatorOnly() {
        return requires() == null && find(OperatorOnly.class) != null;
    }

    public boolean forAnyone() {
        return find(Anyone.class) != null;
    }

    /** For members or operators only. */
    boolean guarded() {
        return requires() != null || operatorOnly();
    }

    /** Names of what a caller can send beside the path. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        if (handler == null) {
            return fields;
        }
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null && !multipart) {
                fields.add(query.name().isEmpty() ? parameter.getParameter().getName() : query.name());
            }
            if (parameter.getParameterType().getSimpleName().equals("PageRequest")) {
                fields.add("after");
            }
            if (parameter.hasParameterAnnotation(RequestBody.class)
                    || parameter.hasParameterAnnotation(ModelAttribute.class)) {
                fields.addAll(components(parameter.getParameterType()));
            }
        }
        return fields;
    }

    private static List<String> components(Class<?> type) {
        if (!type.isRecord() || !type.getName().startsWith("io.switchboard")) {
            return List.of();
        }
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> components(component).stream())
                .toList();
    }

    private static List<String> components(RecordComponent component) {
        List<String> names = new ArrayList<>(List.of(component.getName()));
        names.addAll(components(component.getType()));
        return names;
    }

    private <A extends Annotation> @Nullable A find(Class<A> annotation) {
        if (handler == null) {
            return null;
        }
        A onMethod = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), annotation);
        return onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), annotation);
    }

    @Override
    public String toString() {
        return shape();
    }
}
