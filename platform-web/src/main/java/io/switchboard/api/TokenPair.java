package io.switchboard.api;

import io.switchboard.access.ApiSession;
import io.switchboard.security.AccessToken;

/** What a sign-in to the API gives. */
record TokenPair(String accessToken, long expiresInSeconds, String refreshToken) {

    static TokenPair of(ApiSession session, AccessToken token) {
        return new TokenPair(token.value(), token.lifetime().toSeconds(), session.refreshToken());
    }
}
