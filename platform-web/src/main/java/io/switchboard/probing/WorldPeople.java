package io.switchboard.probing;

import io.switchboard.access.AccessService;
import io.switchboard.access.ApiKey;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Inviting;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetOffer;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import java.util.List;
import org.springframework.stereotype.Component;

/** Gives a world its people: members, guests, and programs with keys. */
@Component
class WorldPeople {

    private final AccessService access;
    private final ApiKeyService keys;
    private final InvitationService invitations;
    private final PasswordResetService resets;
    private final TwoFactorService twoFactor;

    WorldPeople(
            AccessService access,
            ApiKeyService keys,
            InvitationService invitations,
            PasswordResetService resets,
            TwoFactorService twoFactor) {
        this.access = access;
        this.keys = keys;
        this.invitations = invitations;
        this.resets = resets;
        this.twoFactor = twoFactor;
    }

    void addTo(WorldDraft world) {
        List.of("api-key", "spare-api-key").forEach(kind -> key(world, kind));
        List.of("member", "spare-member").forEach(kind -> member(world, kind));
        List.of("invitation", "spare-invitation", "join").forEach(kind -> guest(world, kind));
        twoFactor.require(world.id(), world.owner(), false);
    }

    private void key(WorldDraft world, String kind) {
        if (!(keys.create(world.id(), world.owner(), world.text(), Role.ADMIN, null)
                instanceof ApiKeyCreation.Created(ApiKey key, String secret))) {
            throw new IllegalStateException("no API key for the isolation check");
        }
        world.put(kind, key.id().value());
        world.put(kind + "-text", secret);
    }

    private void member(WorldDraft world, String kind) {
        if (!(access.addMember(world.id(), address(), world.text(), world.get("password"), Role.ANALYST)
                instanceof MemberAddition.Added(User user))) {
            throw new IllegalStateException("no member for the isolation check");
        }
        world.put(kind, user.id());
        if (resets.offer(world.id(), world.owner(), user.id()) instanceof ResetOffer.Offered(LinkDelivery link)) {
            world.put("reset-token", token(link));
        }
    }

    private void guest(WorldDraft world, String kind) {
        if (!(invitations.invite(world.id(), world.owner(), address(), Role.ANALYST)
                instanceof Inviting.Invited(Invitation invitation, LinkDelivery link))) {
            throw new IllegalStateException("no invitation for the isolation check");
        }
        world.put(kind, invitation.id());
        world.put(kind + "-token", token(link));
    }

    private static EmailAddress address() {
        return new EmailAddress(Fresh.word() + "@example.org");
    }

    private static String token(LinkDelivery link) {
        return String.valueOf(link.handOver()).replaceFirst(".*/", "");
    }
}
