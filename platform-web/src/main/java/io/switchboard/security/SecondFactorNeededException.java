package io.switchboard.security;

import io.switchboard.access.User;
import org.springframework.security.authentication.AccountStatusException;

/** The password is right, and a code is needed too. Thrown as a matter of the account, so that no other provider is asked. */
final class SecondFactorNeededException extends AccountStatusException {

    private static final long serialVersionUID = 1L;

    private final transient User user;

    SecondFactorNeededException(User user) {
        super("a second factor is needed");
        this.user = user;
    }

    User user() {
        return user;
    }
}
