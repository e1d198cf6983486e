package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks at every request of a browser session whether its user may still be here, and what for; if not, the session ends. */
final class SignedInFilter extends OncePerRequestFilter {

    private final AccessService access;
    private final UserAuthorities authorities;

    SignedInFilter(AccessService access, UserAuthorities authorities) {
        this.access = access;
        this.authorities = authorities;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof User before) {
            Optional<User> now = access.findUser(before.id())
                    .filter(user -> !user.suspended() && user.tokenVersion() == before.tokenVersion());
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            if (now.isPresent()) {
                context.setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(now.get(), null, authorities.of(now.get())));
            } else {
                endSession(request);
            }
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private static void endSession(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
