package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationId;
import io.switchboard.access.InvitationService;
import io.switchboard.access.Inviting;
import io.switchboard.access.Joining;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.security.Anyone;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People who may join the caller's tenant, and how they do. */
@RestController
class InvitationController {

    private final InvitationService invitations;

    InvitationController(InvitationService invitations) {
        this.invitations = invitations;
    }

    record NewInvitation(
            @NotBlank @Size(max = 254) String email,
            @NotNull Role role) {}

    record InvitationResponse(
            UUID id, String email, Role role, String invitedBy, Instant createdAt, Instant expiresAt) {

        static InvitationResponse of(Invitation invitation) {
            return new InvitationResponse(
                    invitation.id().value(),
                    invitation.email().value(),
                    invitation.role(),
                    invitation.invitedBy(),
                    invitation.createdAt(),
                    invitation.expiresAt());
        }
    }

    /**
     * @param mailed whether the guest has the link in their mail
     * @param path otherwise, what to hand over to the guest: the path of the link below the program's address
     */
    record SentInvitation(
            UUID id,
            String email,
            Role role,
            Instant expiresAt,
            boolean mailed,
            @Nullable String path) {

        static SentInvitation of(Invitation invitation, LinkDelivery link) {
            return new SentInvitation(
                    invitation.id().value(),
                    invitation.email().value(),
                    invitation.role(),
                    invitation.expiresAt(),
                    link.mailed(),
                    link.handOver());
        }
    }

    record Guest(
            @NotBlank @Size(max = 200) String token,
            @NotBlank @Size(max = 120) String name,
            @NotBlank String password) {}

    record Acceptance(@NotBlank @Size(max = 200) String token) {}

    @GetMapping("/api/v1/invitations")
    @Requires(Permission.MANAGE_MEMBERS)
    Slice<InvitationResponse> list(Caller caller, PageRequest page) {
        return invitations.list(caller.tenantId(), page).map(InvitationResponse::of);
    }

    /** Replaces an earlier invitation of the same address. */
    @PostMapping("/api/v1/invitations")
    @Requires(Permission.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.CREATED)
    SentInvitation invite(Caller caller, @Valid @RequestBody NewInvitation wanted) {
        EmailAddress email = Fields.email("email", wanted.email());
        return switch (invitations.invite(caller.tenantId(), caller, email, wanted.role())) {
            case Inviting.Invited(var invitation, var link) -> SentInvitation.of(invitation, link);
            case Inviting.AlreadyMember() -> throw ApiProblem.conflict("email", "This person is a member already.");
            case Inviting.RoleTooHigh() -> throw MemberController.roleTooHigh(caller);
        };
    }

    /** Makes the link void. */
    @DeleteMapping("/api/v1/invitations/{id}")
    @Requires(Permission.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Caller caller, @PathVariable UUID id) {
        if (!invitations.withdraw(caller.tenantId(), caller, new InvitationId(id))) {
            throw ApiProblem.notFound("invitation");
        }
    }

    /** Joins with a new account. Its password signs in from then on. */
    @PostMapping("/api/v1/auth/join")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void join(@Valid @RequestBody Guest guest) {
        String password = Fields.newPassword("password", guest.password());
        refuseUnlessJoined(invitations.join(guest.token(), guest.name().strip(), password));
    }

    /** Joins with the account that the caller has; the invitation must be for its address. */
    @PostMapping("/api/v1/me/join")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(User user, @Valid @RequestBody Acceptance acceptance) {
        refuseUnlessJoined(invitations.accept(acceptance.token(), user));
    }

    private static void refuseUnlessJoined(Joining outcome) {
        switch (outcome) {
            case Joining.Joined _ -> {}
            case Joining.LinkInvalid() -> throw ApiProblem.invalid("token", "is not valid, or not any more");
            case Joining.AccountExists() ->
                throw ApiProblem.of(
                        HttpStatus.CONFLICT, "You have an account already; sign in and join at /api/v1/me/join.");
        }
    }
}
