package io.switchboard.api;

import io.switchboard.kernel.PageRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code ?limit=&after=} into a controller's {@link PageRequest}; cursors are ids unless the parameter is an {@link OpaqueCursor}. */
@Component
class PageRequestResolver implements HandlerMethodArgumentResolver {

    private static final int DEFAULT_LIMIT = 50;
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String after = request.getParameter("after");
        if (after != null && after.isEmpty()) {
            after = null;
        }
        OpaqueCursor opaque = parameter.getParameterAnnotation(OpaqueCursor.class);
        if (after != null && !Pattern.matches(opaque == null ? UUID : opaque.value(), after)) {
            throw ApiProblem.invalid("after", "is not a cursor of this list; pass the `next` of the page before");
        }
        return new PageRequest(limit(request.getParameter("limit")), after);
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // refused below, as a number outside the range is
        }
        throw ApiProblem.invalid("limit", "must be a whole number from 1 to " + PageRequest.MAX_LIMIT);
    }
}
