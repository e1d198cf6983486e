package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Member;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.MemberChange;
import io.switchboard.access.MemberService;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetOffer;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.UserId;
import io.switchboard.limits.Limits;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people of the caller's tenant. */
@RestController
@RequestMapping("/api/v1/members")
@Requires(Permission.MANAGE_MEMBERS)
class MemberController {

    private final AccessService access;
    private final MemberService members;
    private final PasswordResetService resets;
    private final Limits limits;

    MemberController(AccessService access, MemberService members, PasswordResetService resets, Limits limits) {
        this.access = access;
        this.members = members;
        this.resets = resets;
        this.limits = limits;
    }

    /** @param password of a new user, or the present one of somebody who has an account already */
    record NewMember(
            @NotBlank String email,
            @NotBlank @Size(max = 120) String name,
            @NotBlank String password,
            @NotNull Role role) {}

    record MemberResponse(UUID id, String email, String name, Role role) {

        static MemberResponse of(Member member) {
            return new MemberResponse(member.id().value(), member.email().value(), member.name(), member.role());
        }
    }

    @GetMapping
    Slice<MemberResponse> list(Caller caller, @OpaqueCursor PageRequest page) {
        return access.members(caller.tenantId(), page).map(MemberResponse::of);
    }

    /** Somebody who has an account already is added with its password only, and guesses count as those at sign-in do. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MemberResponse add(Caller caller, @Valid @RequestBody NewMember member, HttpServletRequest request) {
        EmailAddress email = Fields.email("email", member.email());
        String password = Fields.newPassword("password", member.password());
        limits.signIn(request, email).ifPresent(wait -> {
            throw ApiProblem.tooMany("There were too many attempts", wait);
        });
        MemberAddition outcome = members.add(
                        caller.tenantId(), caller, email, member.name().strip(), password, member.role())
                .orElseThrow(() -> roleTooHigh(caller));
        return switch (outcome) {
            case MemberAddition.Added(var user) -> {
                limits.signedIn(request, email);
                yield new MemberResponse(user.id().value(), user.email().value(), user.name(), member.role());
            }
            case MemberAddition.AlreadyMember() ->
                throw ApiProblem.conflict("email", "This person is a member already.");
            case MemberAddition.UserExists() ->
                throw ApiProblem.conflict(
                        "email", "This address belongs to a user already; invite them, or give their own password.");
        };
    }

    record RoleChange(@NotNull Role role) {}

    @PatchMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeRole(Caller caller, @PathVariable UUID id, @Valid @RequestBody RoleChange change) {
        refuseUnlessDone(caller, members.changeRole(caller.tenantId(), caller, new UserId(id), change.role()));
    }

    /** Ends the membership; the person's account and other memberships stay. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable UUID id) {
        refuseUnlessDone(caller, members.remove(caller.tenantId(), caller, new UserId(id)));
    }

    /**
     * @param mailed whether the member has the link in their mail
     * @param path otherwise, what to hand over to the member: the path of the link below the program's address
     */
    record ResetLink(boolean mailed, @Nullable String path) {}

    /** Makes a link by which the member chooses a new password. */
    @PostMapping("/{id}/password-reset")
    ResetLink resetPassword(Caller caller, @PathVariable UUID id) {
        return switch (resets.offer(caller.tenantId(), caller, new UserId(id))) {
            case ResetOffer.Offered(var link) -> new ResetLink(link.mailed(), link.handOver());
            case ResetOffer.Unknown() -> throw ApiProblem.notFound("member");
            case ResetOffer.NotAllowed() ->
                throw ApiProblem.of(
                        HttpStatus.FORBIDDEN,
                        "This member has more rights than you or works for others too; the operator can send a link.");
        };
    }

    static ApiProblem roleTooHigh(Caller caller) {
        return ApiProblem.of(
                HttpStatus.FORBIDDEN,
                "Nobody gets or loses more rights by you than you have; yours is " + caller.role() + ".");
    }

    private static void refuseUnlessDone(Caller caller, MemberChange outcome) {
        switch (outcome) {
            case DONE -> {}
            case UNKNOWN -> throw ApiProblem.notFound("member");
            case NOT_ALLOWED -> throw roleTooHigh(caller);
            case LAST_OWNER -> throw ApiProblem.of(HttpStatus.CONFLICT, "A tenant keeps at least one owner.");
        }
    }
}
