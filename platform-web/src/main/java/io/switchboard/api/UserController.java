package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.HelpDeskService;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.OperatorOnly;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People's accounts, as the operator helps with them. What is done stands in the audit of every tenant they work for. */
@RestController
@RequestMapping("/api/v1/users")
@OperatorOnly
class UserController {

    private final AccessService access;
    private final HelpDeskService desk;
    private final TwoFactorService twoFactor;

    UserController(AccessService access, HelpDeskService desk, TwoFactorService twoFactor) {
        this.access = access;
        this.desk = desk;
        this.twoFactor = twoFactor;
    }

    record UserResponse(
            UUID id, String email, String name, boolean operator, boolean suspended, boolean secondFactor) {}

    record Users(List<UserResponse> items, @Nullable String next) {}

    /**
     * @param mailed whether the person has the link in their mail
     * @param path otherwise, what to hand over: the path of the link below the program's address
     */
    record ResetLink(boolean mailed, @Nullable String path) {}

    /** The account with an address; one item or none. */
    @GetMapping
    Users find(@RequestParam String email) {
        EmailAddress address = Fields.email("email", email);
        return new Users(access.findUser(address).map(this::response).stream().toList(), null);
    }

    /** Ends every session and refuses the next ones. */
    @PostMapping("/{id}/suspend")
    UserResponse suspend(User operator, @PathVariable UUID id) {
        return changeSuspension(operator, existing(id), true);
    }

    @PostMapping("/{id}/resume")
    UserResponse resume(User operator, @PathVariable UUID id) {
        return changeSuspension(operator, existing(id), false);
    }

    @PostMapping("/{id}/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(User operator, @PathVariable UUID id) {
        desk.signOut(operator, existing(id));
    }

    /** Makes a link to a new password. */
    @PostMapping("/{id}/password-reset")
    ResetLink resetPassword(User operator, @PathVariable UUID id) {
        LinkDelivery link = desk.offerPasswordLink(operator, existing(id));
        return new ResetLink(link.mailed(), link.handOver());
    }

    /** For somebody who has lost app and recovery codes; they are signed out everywhere. */
    @PostMapping("/{id}/two-factor-reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetSecondFactor(User operator, @PathVariable UUID id) {
        if (!desk.resetSecondFactor(operator, existing(id))) {
            throw ApiProblem.of(HttpStatus.CONFLICT, "This person has no second factor.");
        }
    }

    private UserResponse changeSuspension(User operator, User person, boolean suspended) {
        if (!desk.changeSuspension(operator, person, suspended)) {
            throw ApiProblem.of(HttpStatus.CONFLICT, "Nobody suspends themselves.");
        }
        return response(existing(person.id().value()));
    }

    private User existing(UUID id) {
        return access.findUser(new UserId(id)).orElseThrow(() -> ApiProblem.notFound("user"));
    }

    private UserResponse response(User user) {
        return new UserResponse(
                user.id().value(),
                user.email().value(),
                user.name(),
                user.operator(),
                user.suspended(),
                twoFactor.state(user.id()).on());
    }
}
