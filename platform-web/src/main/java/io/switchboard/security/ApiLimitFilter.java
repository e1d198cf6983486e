package io.switchboard.security;

import io.switchboard.limits.Limits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses an address that asks too much of the API, before a token is checked. */
final class ApiLimitFilter extends OncePerRequestFilter {

    private final Limits limits;
    private final ProblemWriter problems;

    ApiLimitFilter(Limits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> wait = limits.apiCall(request);
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String seconds = Limits.retryAfter(wait.get());
        response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
        problems.write(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many requests come from your address; try again in " + seconds + " s.");
    }
}
