package io.switchboard.security;

import io.switchboard.access.SessionId;
import io.switchboard.access.User;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A request that carries a valid access token. */
final class BearerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient User user;
    private final transient SessionId session;

    BearerAuthentication(User user, SessionId session) {
        super(user.operator() ? AuthorityUtils.createAuthorityList("ROLE_OPERATOR") : AuthorityUtils.NO_AUTHORITIES);
        this.user = user;
        this.session = session;
        setAuthenticated(true);
    }

    SessionId session() {
        return session;
    }

    @Override
    public User getPrincipal() {
        return user;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BearerAuthentication that && super.equals(other) && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, session);
    }
}
