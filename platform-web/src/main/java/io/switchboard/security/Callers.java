package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import io.switchboard.security.BearerAuthentication.Holder;
import io.switchboard.tenancy.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Finds out who calls, in which of their tenants and with which role; once per request. */
@Component
public class Callers {

    private static final String TENANT_HEADER = "X-Tenant";
    private static final String RESOLVED = Callers.class.getName() + ".caller";

    private final AccessService access;
    private final BearerCredentials credentials;

    Callers(AccessService access, BearerCredentials credentials) {
        this.access = access;
        this.credentials = credentials;
    }

    /**
     * The caller who holds a token or key, where there is no request to carry it. Asks anew each time, so a caller who stays connected is
     * asked again as often as it matters.
     *
     * @param tenant slug, as in {@code X-Tenant}; null for the only one
     * @return empty if the token is not valid, has expired or was ended, or the caller works in no such active tenant
     */
    public Optional<Caller> withToken(String token, @Nullable String tenant) {
        try {
            return credentials
                    .check(token)
                    .map(authentication -> resolve(authentication, tenant))
                    .filter(caller -> caller.tenant() != null);
        } catch (ErrorResponseException _) {
            return Optional.empty();
        }
    }

    /**
     * The caller of a request that carries a valid token or key. Without {@code X-Tenant} the tenant is that of the only membership, or none;
     * it is none, too, while it asks for a second factor that the caller has not.
     *
     * @throws ErrorResponseException 403 if {@code X-Tenant} names a tenant they do not work for, or one that is not active
     */
    Caller of(HttpServletRequest request) {
        if (request.getAttribute(RESOLVED) instanceof Caller caller) {
            return caller;
        }
        Caller caller =
                resolve(SecurityContextHolder.getContext().getAuthentication(), request.getHeader(TENANT_HEADER));
        request.setAttribute(RESOLVED, caller);
        return caller;
    }

    /** As {@link #of}, refusing a caller who works in no tenant or has not said in which. */
    Caller inTenant(HttpServletRequest request) {
        Caller caller = of(request);
        if (caller.tenant() != null) {
            return caller;
        }
        List<Membership> memberships =
                caller.identity() instanceof Identity.Person(User user) ? access.memberships(user.id()) : List.of();
        if (memberships.isEmpty()) {
            throw problem(HttpStatus.FORBIDDEN, "You are not a member of an active tenant.");
        }
        if (memberships.size() == 1 || request.getHeader(TENANT_HEADER) != null) {
            throw problem(
                    HttpStatus.FORBIDDEN,
                    "This tenant asks its people for a second factor; set one up at /api/v1/me/two-factor.");
        }
        throw problem(
                HttpStatus.BAD_REQUEST,
                "You work for several tenants; name one of them in the header " + TENANT_HEADER + ": "
                        + memberships.stream()
                                .map(membership -> membership.tenant().slug().value())
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private Caller resolve(@Nullable Authentication authentication, @Nullable String slug) {
        String named = slug == null ? "" : slug.strip();
        if (!(authentication instanceof BearerAuthentication bearer)) {
            throw problem(HttpStatus.UNAUTHORIZED, "This needs an access token or an API key.");
        }
        return switch (bearer.getPrincipal()) {
            case Holder.Person(User user, var _) -> person(user, named);
            case Holder.Key(Caller caller) -> key(caller, named);
        };
    }

    private Caller person(User user, String slug) {
        Identity identity = new Identity.Person(user);
        List<Membership> memberships = access.memberships(user.id());
        if (slug.isEmpty() && memberships.size() != 1) {
            return new Caller(identity, null, null);
        }
        return memberships.stream()
                .filter(membership -> slug.isEmpty() || named(membership.tenant(), slug))
                .findFirst()
                .map(membership -> membership.closed()
                        ? new Caller(identity, null, null)
                        : new Caller(identity, membership.tenant(), membership.role()))
                .orElseThrow(Callers::notThere);
    }

    private static Caller key(Caller caller, String slug) {
        if (!slug.isEmpty() && (caller.tenant() == null || !named(caller.tenant(), slug))) {
            throw notThere();
        }
        return caller;
    }

    private static boolean named(Tenant tenant, String slug) {
        return tenant.slug().value().equals(slug);
    }

    private static ErrorResponseException notThere() {
        return problem(
                HttpStatus.FORBIDDEN,
                "You are not a member of the tenant named in " + TENANT_HEADER + ", or it is not active.");
    }

    static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
