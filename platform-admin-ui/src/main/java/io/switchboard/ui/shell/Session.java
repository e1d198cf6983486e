package io.switchboard.ui.shell;

import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.VaadinSessionScope;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import io.switchboard.audit.Actor;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Who is signed in, and the tenant they work in. Only the choice of the tenant is kept; whether it still holds is asked anew each time, so
 * that somebody suspended sees nothing more from the next click on.
 */
@SpringComponent
@VaadinSessionScope
public class Session {

    private final AuthenticationContext authentication;
    private final AccessService access;

    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    private volatile @Nullable TenantId chosen;

    Session(AuthenticationContext authentication, AccessService access) {
        this.authentication = authentication;
        this.access = access;
    }

    /** The person signed in; empty for a visitor, and for somebody suspended or signed out everywhere meanwhile. */
    public Optional<User> user() {
        return authentication
                .getAuthenticatedUser(User.class)
                .flatMap(before -> access.findUser(before.id())
                        .filter(user -> !user.suspended() && user.tokenVersion() == before.tokenVersion()));
    }

    /**
     * The person signed in, as the audit remembers them.
     *
     * @throws NoTenantException if they were suspended meanwhile
     */
    public Actor actor() {
        return user().map(User::actor).orElseThrow(NoTenantException::new);
    }

    /** The tenants to choose from, by name. */
    public List<Membership> memberships() {
        return user().map(user -> access.memberships(user.id())).orElse(List.of());
    }

    /** The tenant chosen, or else the first; empty for somebody without any. */
    public Optional<Membership> membership() {
        List<Membership> all = memberships();
        return all.stream()
                .filter(membership -> membership.tenant().id().equals(chosen))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** Whether the visitor still works for a tenant and may do all of this there, whichever tenant they have chosen. */
    boolean may(TenantId tenant, Collection<Permission> permissions) {
        return memberships().stream()
                .filter(membership -> membership.tenant().id().equals(tenant) && !membership.closed())
                .anyMatch(membership -> permissions.stream().allMatch(membership.role()::may));
    }

    public void choose(TenantId tenant) {
        chosen = tenant;
    }

    /**
     * The tenant that a view of tenants' data works in.
     *
     * @throws NoTenantException if the visitor has none any more
     */
    public TenantId tenant() {
        return membership()
                .filter(membership -> !membership.closed())
                .orElseThrow(NoTenantException::new)
                .tenant()
                .id();
    }

    public boolean may(Permission permission) {
        return membership()
                .map(membership -> !membership.closed() && membership.role().may(permission))
                .orElse(false);
    }

    /**
     * Asks again before something is done, for a role may have changed since the page was opened.
     *
     * @throws NoTenantException if the visitor may not
     */
    public TenantId tenantFor(Permission permission) {
        Membership membership = membership().orElseThrow(NoTenantException::new);
        if (membership.closed() || !membership.role().may(permission)) {
            throw new NoTenantException();
        }
        return membership.tenant().id();
    }

    /**
     * As {@link #tenantFor}, with who it is that does it.
     *
     * @throws NoTenantException if the visitor may not
     */
    public Caller callerFor(Permission permission) {
        User user = user().orElseThrow(NoTenantException::new);
        Membership membership = membership().orElseThrow(NoTenantException::new);
        Caller caller = new Caller(new Identity.Person(user), membership.tenant(), membership.role());
        if (membership.closed() || !caller.may(permission)) {
            throw new NoTenantException();
        }
        return caller;
    }

    /**
     * Asks again before something is done that only operators do.
     *
     * @throws NoTenantException if the visitor is none
     */
    public void requireOperator() {
        if (user().filter(User::operator).isEmpty()) {
            throw new NoTenantException();
        }
    }

    /** Keeps this session after everything of its user was signed out, which the user did here. */
    public void goOnAs(User changed) {
        Authentication before =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(changed, null, before.getAuthorities()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(
                context,
                VaadinServletRequest.getCurrent().getHttpServletRequest(),
                VaadinServletResponse.getCurrent().getHttpServletResponse());
    }

    public void signOut() {
        authentication.logout();
    }
}
