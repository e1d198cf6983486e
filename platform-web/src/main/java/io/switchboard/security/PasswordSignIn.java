package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.SignIn;
import io.switchboard.kernel.EmailAddress;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks e-mail address and password of the sign-in form; the principal is an {@link io.switchboard.access.User}. */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final AccessService access;
    private final UserAuthorities authorities;

    PasswordSignIn(AccessService access, UserAuthorities authorities) {
        this.access = access;
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
        return switch (access.signIn(email, String.valueOf(attempt.getCredentials()))) {
            case SignIn.Accepted(var user) ->
                UsernamePasswordAuthenticationToken.authenticated(user, null, authorities.of(user));
            case SignIn.Refused() -> throw new BadCredentialsException("refused");
        };
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
