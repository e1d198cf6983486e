package io.switchboard.security;

import org.springframework.context.ApplicationContext;
import org.springframework.security.core.Authentication;

/** What a request that carries a credential becomes, as the program sees it. */
public final class Carried {

    private Carried() {}

    /** @param credential an access token or an API key that is valid */
    public static Authentication in(ApplicationContext program, String credential) {
        return program.getBean(BearerCredentials.class).check(credential).orElseThrow();
    }
}
