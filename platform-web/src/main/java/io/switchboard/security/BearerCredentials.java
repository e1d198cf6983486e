package io.switchboard.security;

import io.switchboard.access.ApiKeyService;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** What may follow {@code Authorization: Bearer}: a person's access token, or a tenant's API key. Both are asked for anew each time. */
@Component
class BearerCredentials {

    private final AccessTokens tokens;
    private final ApiKeyService keys;

    BearerCredentials(AccessTokens tokens, ApiKeyService keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    Optional<Authentication> check(String credential) {
        return keys.isKey(credential)
                ? keys.authenticate(credential).map(BearerAuthentication::of)
                : tokens.check(credential).map(found -> BearerAuthentication.of(found.user(), found.session()));
    }

    /** What to tell the sender of one that is not valid. */
    String problem(String credential) {
        return keys.isKey(credential)
                ? "The API key is unknown, has expired or was revoked, or its tenant is not active."
                : "The access token is not valid or has expired; refresh it or sign in again.";
    }
}
