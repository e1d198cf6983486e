package io.switchboard.access;

/** Outcome of {@link ApiKeyService#create}. */
public sealed interface ApiKeyCreation {

    /** @param text the key itself; it is not kept and cannot be shown again */
    record Created(ApiKey key, String text) implements ApiKeyCreation {

        @Override
        public String toString() {
            return "Created[key=" + key + "]";
        }
    }

    /** The key would have rights that its maker has not. */
    record RoleTooHigh() implements ApiKeyCreation {}

    /** It would have expired already. */
    record AlreadyExpired() implements ApiKeyCreation {}
}
