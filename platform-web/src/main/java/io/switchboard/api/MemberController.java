package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Member;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.Permission;
import io.switchboard.access.Role;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.security.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
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

    MemberController(AccessService access) {
        this.access = access;
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

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MemberResponse add(Caller caller, @Valid @RequestBody NewMember member) {
        EmailAddress email = Fields.email("email", member.email());
        String password = Fields.newPassword("password", member.password());
        if (!caller.mayGive(member.role())) {
            throw ApiProblem.of(
                    HttpStatus.FORBIDDEN,
                    "A member gets no more rights than you have; yours is " + caller.role() + ".");
        }
        return switch (access.addMember(caller.tenantId(), email, member.name().strip(), password, member.role())) {
            case MemberAddition.Added(var user) ->
                new MemberResponse(user.id().value(), user.email().value(), user.name(), member.role());
            case MemberAddition.AlreadyMember() ->
                throw ApiProblem.conflict("email", "This person is a member already.");
            case MemberAddition.UserExists() ->
                throw ApiProblem.conflict(
                        "email", "This address belongs to a user already; to add them, give their own password.");
        };
    }
}
