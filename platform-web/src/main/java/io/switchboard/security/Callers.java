package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
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
class Callers {

    private static final String TENANT_HEADER = "X-Tenant";
    private static final String RESOLVED = Callers.class.getName() + ".caller";

    private final AccessService access;

    Callers(AccessService access) {
        this.access = access;
    }

    /**
     * The caller of a request that carries a valid token. Without {@code X-Tenant} the tenant is that of the only membership, or none.
     *
     * @throws ErrorResponseException 403 if {@code X-Tenant} names a tenant they do not work for, or one that is not active
     */
    Caller of(HttpServletRequest request) {
        if (request.getAttribute(RESOLVED) instanceof Caller caller) {
            return caller;
        }
        Caller caller = resolve(user(), request.getHeader(TENANT_HEADER));
        request.setAttribute(RESOLVED, caller);
        return caller;
    }

    /** As {@link #of}, refusing a caller who works in no tenant or has not said in which. */
    Caller inTenant(HttpServletRequest request) {
        Caller caller = of(request);
        if (caller.tenant() != null) {
            return caller;
        }
        List<Membership> memberships = access.memberships(caller.user().id());
        if (memberships.isEmpty()) {
            throw problem(HttpStatus.FORBIDDEN, "You are not a member of an active tenant.");
        }
        throw problem(
                HttpStatus.BAD_REQUEST,
                "You work for several tenants; name one of them in the header " + TENANT_HEADER + ": "
                        + memberships.stream()
                                .map(membership -> membership.tenant().slug().value())
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private Caller resolve(User user, @Nullable String slug) {
        List<Membership> memberships = access.memberships(user.id());
        if (slug == null || slug.isBlank()) {
            return memberships.size() == 1 ? caller(user, memberships.getFirst()) : new Caller(user, null, null);
        }
        Optional<Membership> chosen = memberships.stream()
                .filter(membership -> membership.tenant().slug().value().equals(slug.strip()))
                .findFirst();
        return caller(
                user,
                chosen.orElseThrow(() -> problem(
                        HttpStatus.FORBIDDEN,
                        "You are not a member of the tenant named in " + TENANT_HEADER + ", or it is not active.")));
    }

    private static Caller caller(User user, Membership membership) {
        return new Caller(user, membership.tenant(), membership.role());
    }

    private static User user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof BearerAuthentication bearer) {
            return bearer.getPrincipal();
        }
        throw problem(HttpStatus.UNAUTHORIZED, "This needs an access token.");
    }

    static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
