package io.switchboard.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever asks for the inside of the pages without having opened one. Vaadin would open a session for each such request, and
 * strangers could fill the memory with them; see also CVE-2026-2742. The bundle itself is for everybody.
 */
final class StrayRequestFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isInside(path(request)) && request.getSession(false) == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        chain.doFilter(request, response);
    }

    /** As the server has decoded it. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static boolean isInside(String path) {
        if (path.startsWith("/VAADIN/build/") || path.startsWith("/VAADIN/static/")) {
            return false;
        }
        return path.equals("/VAADIN") || path.startsWith("/VAADIN/") || path.startsWith("/vaadinServlet");
    }
}
