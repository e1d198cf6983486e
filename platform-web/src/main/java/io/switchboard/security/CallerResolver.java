package io.switchboard.security;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.SessionId;
import io.switchboard.access.User;
import io.switchboard.security.BearerAuthentication.Holder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands a controller its {@link Caller}, the {@link User} where only a person will do, or the {@link SessionId} of the token the request
 * carries, null without one.
 */
@Component
class CallerResolver implements HandlerMethodArgumentResolver {

    private final Callers callers;

    CallerResolver(Callers callers) {
        this.callers = callers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Set.of(Caller.class, User.class, SessionId.class).contains(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (parameter.getParameterType() == SessionId.class) {
            return SecurityContextHolder.getContext().getAuthentication() instanceof BearerAuthentication bearer
                            && bearer.getPrincipal() instanceof Holder.Person(var _, SessionId session)
                    ? session
                    : null;
        }
        HttpServletRequest servletRequest = (HttpServletRequest) request.getNativeRequest();
        Caller caller = callers.of(servletRequest);
        return parameter.getParameterType() == User.class ? person(caller) : caller;
    }

    private static User person(Caller caller) {
        return switch (caller.identity()) {
            case Identity.Person(User user) -> user;
            case Identity.Key _ ->
                throw Callers.problem(HttpStatus.FORBIDDEN, "This is for people; an API key has no account.");
        };
    }
}
