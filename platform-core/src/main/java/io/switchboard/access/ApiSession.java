package io.switchboard.access;

/**
 * A sign-in to the API.
 *
 * @param refreshToken good for one {@link AccessService#refresh}; kept here as a hash only
 */
public record ApiSession(SessionId id, User user, String refreshToken) {

    @Override
    public String toString() {
        return "ApiSession[id=" + id + ", user=" + user.id() + "]";
    }
}
