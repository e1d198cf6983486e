package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.SignIn;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Checks e-mail address and password of the sign-in form; the principal is an {@link io.switchboard.access.User}. */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final AccessService access;
    private final UserAuthorities authorities;
    private final Limits limits;

    PasswordSignIn(AccessService access, UserAuthorities authorities, Limits limits) {
        this.access = access;
        this.limits = limits;
        this.authorities = authorities;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        EmailAddress email;
        try {
            email = new EmailAddress(attempt.getName());
        } catch (IllegalArgumentException e) {
            throw new BadCredentialsException("not an e-mail address", e);
        }
        Optional<HttpServletRequest> request = request();
        if (request.flatMap(from -> limits.signIn(from, email)).isPresent()) {
            throw new LockedException("too many wrong passwords");
        }
        return switch (access.signIn(email, String.valueOf(attempt.getCredentials()))) {
            case SignIn.Accepted(var user) -> {
                request.ifPresent(from -> limits.signedIn(from, email));
                yield UsernamePasswordAuthenticationToken.authenticated(user, null, authorities.of(user));
            }
            case SignIn.SecondFactorNeeded(var user) -> {
                request.ifPresent(from -> limits.signedIn(from, email));
                throw new SecondFactorNeededException(user);
            }
            case SignIn.Refused() -> throw new BadCredentialsException("refused");
        };
    }

    private static Optional<HttpServletRequest> request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
