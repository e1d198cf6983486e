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

/** Reads {@code Authorization: Bearer}. A bad credential leaves the request anonymous; where that is not enough, the answer says why. */
final class BearerFilter extends OncePerRequestFilter {

    /** Request attribute: what is to be said about a credential that came but is not valid. */
    static final String PROBLEM = BearerFilter.class.getName() + ".problem";

    private static final String SCHEME = "Bearer ";

    private final BearerCredentials credentials;

    BearerFilter(BearerCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String credential = header.substring(SCHEME.length()).strip();
            credentials
                    .check(credential)
                    .ifPresentOrElse(
                            authentication -> {
                                SecurityContext context = SecurityContextHolder.createEmptyContext();
                                context.setAuthentication(authentication);
                                SecurityContextHolder.setContext(context);
                            },
                            () -> request.setAttribute(PROBLEM, credentials.problem(credential)));
        }
        chain.doFilter(request, response);
    }
}
