package io.switchboard.security;

import io.switchboard.access.User;
import io.switchboard.audit.Actor;
import io.switchboard.audit.Origin;
import io.switchboard.audit.Presence;
import io.switchboard.limits.Limits;
import io.switchboard.security.BearerAuthentication.Holder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tells the audit who is signed in and where the request came from, for pages and for the API. */
@Component
class RequestPresence implements Presence {

    @Override
    public Optional<Actor> actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return switch (authentication == null ? null : authentication.getPrincipal()) {
            case User user -> Optional.of(user.actor());
            case Holder holder -> Optional.of(holder.actor());
            case null, default -> Optional.empty();
        };
    }

    @Override
    public Origin origin() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : Origin.NONE;
    }

    private static Origin of(HttpServletRequest request) {
        return new Origin(Limits.exactAddress(request), request.getHeader(HttpHeaders.USER_AGENT));
    }
}
