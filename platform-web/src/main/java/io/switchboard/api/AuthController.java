package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.access.ApiSession;
import io.switchboard.access.Refreshing;
import io.switchboard.access.SessionId;
import io.switchboard.access.SignIn;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.limits.Limits;
import io.switchboard.security.AccessTokens;
import io.switchboard.security.Anyone;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out of the API. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {

    private final AccessService access;
    private final AccessTokens tokens;
    private final Limits limits;
    private final TwoFactorService twoFactor;

    AuthController(AccessService access, AccessTokens tokens, Limits limits, TwoFactorService twoFactor) {
        this.access = access;
        this.tokens = tokens;
        this.limits = limits;
        this.twoFactor = twoFactor;
    }

    /** @param code of the second factor, or a recovery code; needed by those who have set one up */
    record Login(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 1000) String password,
            @Nullable String code) {}

    record RefreshToken(@NotBlank @Size(max = 200) String refreshToken) {}

    @PostMapping("/login")
    @Anyone
    TokenPair login(@Valid @RequestBody Login login, HttpServletRequest request) {
        EmailAddress email = Fields.email("email", login.email());
        limits.signIn(request, email).ifPresent(wait -> {
            throw ApiProblem.tooMany("There were too many wrong passwords", wait);
        });
        return switch (access.signIn(email, login.password())) {
            case SignIn.Accepted(var user) -> {
                limits.signedIn(request, email);
                yield tokens(access.openSession(user));
            }
            case SignIn.SecondFactorNeeded(var user) -> {
                limits.signedIn(request, email);
                requireCode(user, login.code());
                yield tokens(access.openSession(user));
            }
            case SignIn.Refused() ->
                throw ApiProblem.of(HttpStatus.UNAUTHORIZED, "E-mail address and password do not match.");
        };
    }

    @PostMapping("/refresh")
    @Anyone
    TokenPair refresh(@Valid @RequestBody RefreshToken body) {
        return switch (access.refresh(body.refreshToken())) {
            case Refreshing.Refreshed(var session) -> tokens(session);
            case Refreshing.Refused() ->
                throw ApiProblem.of(
                        HttpStatus.UNAUTHORIZED, "The refresh token is not valid or was used before; sign in again.");
        };
    }

    /** Ends the sign-in that the refresh token or, without one, the request's access token belongs to; its tokens end with it. */
    @PostMapping("/logout")
    @Anyone
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(@Valid @RequestBody(required = false) @Nullable RefreshToken body, @Nullable SessionId session) {
        if (body != null) {
            access.endSession(body.refreshToken());
            return;
        }
        if (session == null) {
            throw ApiProblem.of(HttpStatus.UNAUTHORIZED, "Send the refresh token or the access token of the sign-in.");
        }
        access.endSession(session);
    }

    private void requireCode(User user, @Nullable String code) {
        if (code == null) {
            throw ApiProblem.unauthorized("code", "is needed: that of your authenticator app, or a recovery code");
        }
        switch (twoFactor.check(user.id(), code)) {
            case RIGHT -> {}
            case WRONG -> throw ApiProblem.unauthorized("code", "is not right, or was used before");
            case TOO_MANY_ATTEMPTS ->
                throw ApiProblem.of(
                        HttpStatus.TOO_MANY_REQUESTS, "There were too many attempts; try again in ten minutes.");
        }
    }

    private TokenPair tokens(ApiSession session) {
        return TokenPair.of(session, tokens.issue(session));
    }
}
