package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.kernel.UserId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The second step of the sign-in form. After a right password of somebody with a second factor the session remembers who they are, for a few
 * minutes and with no rights; {@code POST /login/code} with a right code makes it a session that is signed in, under another id.
 */
final class SecondStep extends OncePerRequestFilter implements AuthenticationFailureHandler {

    static final String PATH = "/login/code";

    private static final String PENDING = SecondStep.class.getName() + ".pending";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AccessService access;
    private final TwoFactorService twoFactor;
    private final Entrance entrance;
    private final Clock clock;

    SecondStep(AccessService access, TwoFactorService twoFactor, Entrance entrance, Clock clock) {
        this.access = access;
        this.twoFactor = twoFactor;
        this.entrance = entrance;
        this.clock = clock;
    }

    /** @param tokenVersion of the user when the password was right; a change ends the wait */
    private record Pending(UUID user, int tokenVersion, Instant until) implements Serializable {}

    /** After the first step: a code is asked for, or the form is shown again. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof SecondFactorNeededException needed) {
            User user = needed.user();
            HttpSession session = request.getSession();
            request.changeSessionId();
            session.setAttribute(
                    PENDING,
                    new Pending(
                            user.id().value(),
                            user.tokenVersion(),
                            clock.instant().plus(PATIENCE)));
            redirect(request, response, PATH);
            return;
        }
        redirect(request, response, "/login?error");
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !request.getRequestURI().equals(request.getContextPath() + PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Optional<User> user = session == null ? Optional.empty() : pending(session);
        if (session == null || user.isEmpty()) {
            redirect(request, response, "/login");
            return;
        }
        String code = request.getParameter("code");
        switch (twoFactor.check(user.get().id(), code == null ? "" : code)) {
            case RIGHT -> {
                session.removeAttribute(PENDING);
                signIn(request, response, user.get());
            }
            case WRONG -> redirect(request, response, PATH + "?error");
            case TOO_MANY_ATTEMPTS -> redirect(request, response, PATH + "?wait");
        }
    }

    private Optional<User> pending(HttpSession session) {
        return session.getAttribute(PENDING) instanceof Pending pending
                        && pending.until().isAfter(clock.instant())
                ? access.findUser(new UserId(pending.user()))
                        .filter(user -> !user.suspended() && user.tokenVersion() == pending.tokenVersion())
                : Optional.empty();
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, User user)
            throws ServletException, IOException {
        request.changeSessionId();
        entrance.enter(request, response, user);
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException {
        response.sendRedirect(request.getContextPath() + path);
    }
}
