package io.switchboard.conversations;

import io.switchboard.channels.CustomerAlias;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The customer of a message: who wrote it, or, where a person of the organisation wrote it in the app, to whom.
 *
 * @param userKey what people are shown where there is no name; never parsed as a number
 * @param replyAddress where to send the reply, exactly as received
 * @param aliases every id by which this message knows the customer; a message with any of them belongs to the same conversation
 * @param former ids that were the customer's and are no longer; they may be somebody else's from now on
 */
public record Customer(
        String userKey,
        String replyAddress,
        @Nullable String profileName,
        Set<CustomerAlias> aliases,
        Set<CustomerAlias> former) {

    public Customer {
        userKey = Storable.text(userKey);
        replyAddress = Storable.text(replyAddress);
        profileName = Storable.textOrNull(profileName);
        aliases = Set.copyOf(aliases);
        former = Set.copyOf(former);
        if (aliases.isEmpty()) {
            throw new IllegalArgumentException("a customer without an id");
        }
    }

    /** A customer with one id, which is also the address. */
    public static Customer of(CustomerAlias id) {
        return new Customer(id.value(), id.value(), null, Set.of(id), Set.of());
    }

    public Customer named(@Nullable String name) {
        return new Customer(userKey, replyAddress, name, aliases, former);
    }
}
