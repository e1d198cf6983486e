package io.switchboard.access;

import io.switchboard.kernel.UserId;
import org.springframework.stereotype.Service;

/** What people do to their own account. */
@Service
public class AccountService {

    private final Users users;
    private final ApiSessions sessions;
    private final PasswordResets resets;
    private final Passwords passwords;
    private final Attempts attempts;

    AccountService(Users users, ApiSessions sessions, PasswordResets resets, Passwords passwords, Attempts attempts) {
        this.users = users;
        this.sessions = sessions;
        this.resets = resets;
        this.passwords = passwords;
        this.attempts = attempts;
    }

    /** Sets another password, for somebody who knows the present one. Everything signed in with that one ends, the caller's session too. */
    public PasswordChange changePassword(UserId user, String present, String next) {
        Passwords.requireAcceptable(next);
        if (!attempts.take(user)) {
            return new PasswordChange.TooManyAttempts();
        }
        String hash = users.find(user)
                .filter(found -> !found.suspended())
                .flatMap(found -> users.find(found.email()))
                .map(Users.Credentials::passwordHash)
                .orElse(null);
        if (!passwords.matches(present, hash)) {
            return new PasswordChange.WrongPassword();
        }
        attempts.forget(user);
        users.changePassword(user, passwords.encode(next));
        endAllSessions(user);
        return new PasswordChange.Changed(users.find(user).orElseThrow());
    }

    /** Signs the user out everywhere: every session, access token and refresh token ends. An open link to a new password is void. */
    public void endAllSessions(UserId user) {
        users.raiseTokenVersion(user);
        sessions.endAll(user);
        resets.forget(user);
    }
}
