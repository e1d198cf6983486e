package io.switchboard.security;

import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import io.switchboard.access.User;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** The end of a sign-in that took more than the form: the session carries our user from now on, and the visitor goes where they wanted to. */
@Component
class Entrance {

    private final UserAuthorities authorities;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final SavedRequestAwareAuthenticationSuccessHandler onward =
            new SavedRequestAwareAuthenticationSuccessHandler();

    Entrance(UserAuthorities authorities, VaadinDefaultRequestCache requests) {
        this.authorities = authorities;
        onward.setRequestCache(requests);
    }

    /** The caller has seen to it that the session has another id than before the sign-in. */
    void enter(HttpServletRequest request, HttpServletResponse response, User user)
            throws IOException, ServletException {
        Authentication authentication =
                UsernamePasswordAuthenticationToken.authenticated(user, null, authorities.of(user));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        onward.onAuthenticationSuccess(request, response, authentication);
    }
}
