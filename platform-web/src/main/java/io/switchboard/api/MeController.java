package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import io.switchboard.audit.Actor;
import io.switchboard.permissions.Role;
import io.switchboard.security.Anyone;
import io.switchboard.tenancy.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is. */
@RestController
class MeController {

    private final AccessService access;

    MeController(AccessService access) {
        this.access = access;
    }

    /**
     * @param email null for an API key
     * @param tenant the one this request works in; null where the caller has several and named none
     */
    record Me(
            Actor.Kind kind,
            UUID id,
            @Nullable String email,
            String name,
            boolean operator,
            @Nullable String tenant,
            List<Place> memberships) {}

    record Place(UUID tenantId, String tenant, String name, Role role) {

        static Place of(Tenant tenant, Role role) {
            return new Place(tenant.id().value(), tenant.slug().value(), tenant.name(), role);
        }
    }

    @GetMapping("/api/v1/me")
    @Anyone
    Me me(Caller caller) {
        Actor actor = caller.actor();
        return new Me(
                actor.kind(),
                actor.id(),
                caller.identity() instanceof Identity.Person(User user)
                        ? user.email().value()
                        : null,
                actor.name(),
                caller.operator(),
                caller.tenant() == null ? null : caller.tenant().slug().value(),
                places(caller));
    }

    private List<Place> places(Caller caller) {
        return switch (caller.identity()) {
            case Identity.Person(User user) ->
                access.memberships(user.id()).stream().map(MeController::place).toList();
            case Identity.Key _ ->
                Stream.ofNullable(caller.tenant())
                        .flatMap(tenant -> Stream.ofNullable(caller.role()).map(role -> Place.of(tenant, role)))
                        .toList();
        };
    }

    private static Place place(Membership membership) {
        return Place.of(membership.tenant(), membership.role());
    }
}
