package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Membership;
import io.switchboard.access.Role;
import io.switchboard.security.Anyone;
import java.util.List;
import java.util.UUID;
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

    /** @param tenant the one this request works in; null where the caller has several and named none */
    record Me(
            UUID id,
            String email,
            String name,
            boolean operator,
            @Nullable String tenant,
            List<Place> memberships) {}

    record Place(UUID tenantId, String tenant, String name, Role role) {

        static Place of(Membership membership) {
            return new Place(
                    membership.tenant().id().value(),
                    membership.tenant().slug().value(),
                    membership.tenant().name(),
                    membership.role());
        }
    }

    @GetMapping("/api/v1/me")
    @Anyone
    Me me(Caller caller) {
        return new Me(
                caller.user().id().value(),
                caller.user().email().value(),
                caller.user().name(),
                caller.user().operator(),
                caller.tenant() == null ? null : caller.tenant().slug().value(),
                access.memberships(caller.user().id()).stream().map(Place::of).toList());
    }
}
