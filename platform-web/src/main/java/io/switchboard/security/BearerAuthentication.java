package io.switchboard.security;

import io.switchboard.access.Caller;
import io.switchboard.access.SessionId;
import io.switchboard.access.User;
import io.switchboard.audit.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A request that carries a valid access token or API key; its holder is the principal. */
final class BearerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Holder holder;

    /** @param operator whether the holder runs the installation, which no API key does */
    private BearerAuthentication(Holder holder, boolean operator) {
        super(operator ? AuthorityUtils.createAuthorityList("ROLE_OPERATOR") : AuthorityUtils.NO_AUTHORITIES);
        this.holder = holder;
        setAuthenticated(true);
    }

    static BearerAuthentication of(User user, SessionId session) {
        return new BearerAuthentication(new Holder.Person(user, session), user.operator());
    }

    static BearerAuthentication of(Caller key) {
        return new BearerAuthentication(new Holder.Key(key), false);
    }

    /** Who carries the credential. */
    sealed interface Holder {

        Actor actor();

        /** @param session that the access token belongs to */
        record Person(User user, SessionId session) implements Holder {

            @Override
            public Actor actor() {
                return user.actor();
            }
        }

        record Key(Caller caller) implements Holder {

            @Override
            public Actor actor() {
                return caller.actor();
            }
        }
    }

    @Override
    public Holder getPrincipal() {
        return holder;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
