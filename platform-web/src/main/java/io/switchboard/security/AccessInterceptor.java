package io.switchboard.security;

import io.switchboard.access.Caller;
import io.switchboard.limits.Limits;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds each endpoint of the API to what it declares; one that declares nothing is closed. */
@Component
class AccessInterceptor implements HandlerInterceptor {

    private final Callers callers;
    private final Limits limits;

    AccessInterceptor(Callers callers, Limits limits) {
        this.callers = callers;
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Requires requires = find(method, Requires.class);
        if (requires != null) {
            Caller caller = callers.inTenant(request);
            requirePermission(caller, requires.value());
            requireWithinLimit(caller);
            return true;
        }
        if (find(method, OperatorOnly.class) != null) {
            if (!callers.of(request).operator()) {
                throw Callers.problem(HttpStatus.FORBIDDEN, "This is for operators only.");
            }
            return true;
        }
        if (find(method, Anyone.class) == null) {
            throw Callers.problem(HttpStatus.FORBIDDEN, "This endpoint is closed.");
        }
        return true;
    }

    private static void requirePermission(Caller caller, Permission permission) {
        if (!caller.may(permission)) {
            throw Callers.problem(
                    HttpStatus.FORBIDDEN,
                    "Your role " + caller.role() + " does not have the permission " + permission + ".");
        }
    }

    private void requireWithinLimit(Caller caller) {
        Optional.ofNullable(caller.tenant())
                .flatMap(tenant -> limits.apiCall(tenant.id()))
                .ifPresent(wait -> {
                    ErrorResponseException tooMany = Callers.problem(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Your tenant has made too many requests; try again in " + Limits.retryAfter(wait) + " s.");
                    tooMany.getHeaders().set(HttpHeaders.RETRY_AFTER, Limits.retryAfter(wait));
                    throw tooMany;
                });
    }

    private static <A extends Annotation> @Nullable A find(HandlerMethod handler, Class<A> annotation) {
        A onMethod = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), annotation);
        return onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), annotation);
    }
}
