package io.switchboard.access;

/** Who or what carries a valid credential. */
public sealed interface Identity {

    record Person(User user) implements Identity {}

    record Key(ApiKeyId id, String name) implements Identity {}
}
