package io.switchboard.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer}. A bad token leaves the request anonymous; where that is not enough, the answer says why. */
final class BearerFilter extends OncePerRequestFilter {

    /** Request attribute: a token came but is not valid. */
    static final String BAD_TOKEN = BearerFilter.class.getName() + ".badToken";

    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;

    BearerFilter(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            tokens.check(header.substring(SCHEME.length()).strip())
                    .ifPresentOrElse(
                            signedIn -> {
                                SecurityContext context = SecurityContextHolder.createEmptyContext();
                                context.setAuthentication(
                                        new BearerAuthentication(signedIn.user(), signedIn.session()));
                                SecurityContextHolder.setContext(context);
                            },
                            () -> request.setAttribute(BAD_TOKEN, true));
        }
        chain.doFilter(request, response);
    }
}
