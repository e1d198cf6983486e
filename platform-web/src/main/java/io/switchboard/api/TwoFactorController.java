package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.access.CodeCheck;
import io.switchboard.access.Enrolment;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.TwoFactorState;
import io.switchboard.access.User;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.security.Anyone;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's second factor, and whether a tenant asks one of its people. */
@RestController
class TwoFactorController {

    private final TwoFactorService twoFactor;

    TwoFactorController(TwoFactorService twoFactor) {
        this.twoFactor = twoFactor;
    }

    record State(boolean on, int recoveryCodes) {}

    /**
     * @param secret in Base32
     * @param address for a QR code
     */
    record Begun(String secret, String address) {}

    record Code(@NotBlank @Size(max = 40) String code) {}

    /** @param recoveryCodes each good for one sign-in; shown this once */
    record RecoveryCodes(List<String> recoveryCodes) {}

    record Policy(@NotNull Boolean secondFactorRequired) {}

    @GetMapping("/api/v1/me/two-factor")
    @Anyone
    State state(User user) {
        TwoFactorState state = twoFactor.state(user.id());
        return new State(state.on(), state.recoveryCodes());
    }

    /** Makes a secret for an authenticator app; it counts once a code of it was confirmed. */
    @PostMapping("/api/v1/me/two-factor")
    @Anyone
    Begun begin(User user) {
        Enrolment enrolment = twoFactor
                .begin(user)
                .orElseThrow(() -> ApiProblem.of(
                        HttpStatus.CONFLICT, "You have a second factor; turn it off before you set up another."));
        return new Begun(enrolment.secret(), enrolment.address());
    }

    @PostMapping("/api/v1/me/two-factor/confirm")
    @Anyone
    RecoveryCodes confirm(User user, @Valid @RequestBody Code body) {
        return twoFactor
                .confirm(user.id(), body.code())
                .map(RecoveryCodes::new)
                .orElseThrow(() -> ApiProblem.invalid("code", "is not right"));
    }

    /** Replaces all recovery codes. */
    @PostMapping("/api/v1/me/two-factor/recovery-codes")
    @Anyone
    RecoveryCodes renew(User user, @Valid @RequestBody Code body) {
        refuseUnlessRight(twoFactor.check(user.id(), body.code()));
        return new RecoveryCodes(twoFactor.renewRecoveryCodes(user.id()));
    }

    @PostMapping("/api/v1/me/two-factor/turn-off")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void turnOff(User user, @Valid @RequestBody Code body) {
        refuseUnlessRight(twoFactor.check(user.id(), body.code()));
        twoFactor.turnOff(user.id());
    }

    @GetMapping("/api/v1/access-policy")
    @Requires(Permission.MANAGE_MEMBERS)
    Policy policy(Caller caller) {
        return new Policy(twoFactor.required(caller.tenantId()));
    }

    /** Owners only; from the next request on, nobody without a second factor works in this tenant. API keys are not affected. */
    @PutMapping("/api/v1/access-policy")
    @Requires(Permission.EDIT_ACCESS_POLICY)
    Policy changePolicy(Caller caller, @Valid @RequestBody Policy policy) {
        if (!twoFactor.require(caller.tenantId(), caller, policy.secondFactorRequired())) {
            throw ApiProblem.of(HttpStatus.FORBIDDEN, "Only an owner decides about this.");
        }
        return policy(caller);
    }

    private static void refuseUnlessRight(CodeCheck check) {
        switch (check) {
            case RIGHT -> {}
            case WRONG -> throw ApiProblem.invalid("code", "is not right");
            case TOO_MANY_ATTEMPTS ->
                throw ApiProblem.of(
                        HttpStatus.TOO_MANY_REQUESTS, "There were too many attempts; try again in ten minutes.");
        }
    }
}
