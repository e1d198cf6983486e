package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.AccountService;
import io.switchboard.access.ApiSession;
import io.switchboard.access.PasswordChange;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetRequest;
import io.switchboard.access.User;
import io.switchboard.security.AccessTokens;
import io.switchboard.security.Anyone;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own password, known or forgotten. */
@RestController
class PasswordController {

    private final AccountService accounts;
    private final AccessService access;
    private final PasswordResetService resets;
    private final AccessTokens tokens;

    PasswordController(
            AccountService accounts, AccessService access, PasswordResetService resets, AccessTokens tokens) {
        this.accounts = accounts;
        this.access = access;
        this.resets = resets;
        this.tokens = tokens;
    }

    record Forgotten(@NotBlank @Size(max = 254) String email) {}

    record Reset(
            @NotBlank @Size(max = 200) String token,
            @NotBlank String password) {}

    record Change(
            @NotBlank @Size(max = 1000) String present,
            @NotBlank String next) {}

    /** Mails a link to a new password, if the address has an account; the answer is the same if not. */
    @PostMapping("/api/v1/auth/forgot")
    @Anyone
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgot(@Valid @RequestBody Forgotten body) {
        switch (resets.request(Fields.email("email", body.email()))) {
            case ResetRequest.Taken() -> {}
            case ResetRequest.NoMail() ->
                throw ApiProblem.of(
                        HttpStatus.NOT_FOUND,
                        "This installation sends no mail; ask an administrator of yours for a link.");
            case ResetRequest.TooMany(Duration wait) ->
                throw ApiProblem.tooMany("Too many links were asked for from your address", wait);
        }
    }

    /** Sets a new password by the token of a link, and ends every session of its person. */
    @PostMapping("/api/v1/auth/reset")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@Valid @RequestBody Reset body) {
        if (!resets.redeem(body.token(), Fields.newPassword("password", body.password()))) {
            throw ApiProblem.invalid("token", "is not valid, or not any more");
        }
    }

    /** Ends every session of the caller, this one too, and opens a new one. */
    @PostMapping("/api/v1/me/password")
    @Anyone
    TokenPair change(User user, @Valid @RequestBody Change change) {
        String next = Fields.newPassword("next", change.next());
        return switch (accounts.changePassword(user.id(), change.present(), next)) {
            case PasswordChange.Changed(User changed) -> {
                ApiSession session = access.openSession(changed);
                yield TokenPair.of(session, tokens.issue(session));
            }
            case PasswordChange.WrongPassword() -> throw ApiProblem.invalid("present", "is not your password");
            case PasswordChange.TooManyAttempts() ->
                throw ApiProblem.of(
                        HttpStatus.TOO_MANY_REQUESTS, "There were too many attempts; try again in ten minutes.");
        };
    }

    /** Ends every session of the caller, this one too. */
    @PostMapping("/api/v1/me/sign-out-everywhere")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOutEverywhere(User user) {
        accounts.endAllSessions(user.id());
    }
}
