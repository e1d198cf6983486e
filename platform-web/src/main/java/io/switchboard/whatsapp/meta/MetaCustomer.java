package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.conversations.Customer;
import io.switchboard.whatsapp.Payload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whose message it is. A phone is digits and vanishes once a customer has a user name; Meta's id of a customer for this business ("BSUID")
 * is there since 2026, may stand in the place of the phone, and changes with the number.
 *
 * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">user ids</a>
 */
final class MetaCustomer {

    /** Country, dot, letters and digits. */
    private static final Predicate<String> USER_ID =
            Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,132}").asMatchPredicate();

    private MetaCustomer() {}

    static boolean isUserId(String id) {
        return USER_ID.test(id);
    }

    /** Who wrote a message; empty if nobody could be answered. */
    static Optional<Customer> writerOf(JsonNode message, List<JsonNode> contacts) {
        String type = textAt(message, "type");
        JsonNode system = message.path("system");
        return type != null && type.equals("system") && !system.isMissingNode()
                ? changed(message, system).or(() -> customer(message, "from", "from_user_id", contacts))
                : customer(message, "from", "from_user_id", contacts);
    }

    /** To whom a person of the organisation wrote. */
    static Optional<Customer> writtenTo(JsonNode echo, List<JsonNode> contacts) {
        return customer(echo, "to", "to_user_id", contacts);
    }

    private static Optional<Customer> customer(
            JsonNode message, String phoneField, String userField, List<JsonNode> contacts) {
        String phone = id(message, phoneField);
        String user = id(message, userField);
        String name = null;
        Set<CustomerAlias> aliases = new LinkedHashSet<>();
        for (JsonNode contact : contacts) {
            String contactPhone = id(contact, "wa_id");
            String contactUser = id(contact, "user_id");
            boolean same = (phone != null && phone.equals(contactPhone)) || (user != null && user.equals(contactUser));
            boolean only = contacts.size() == 1 && phone == null && user == null;
            if (same || only) {
                name = textAt(contact, "profile", "name");
                add(aliases, contactPhone);
                add(aliases, contactUser);
                phone = phone == null ? contactPhone : phone;
                user = user == null ? contactUser : user;
                break;
            }
        }
        add(aliases, phone);
        add(aliases, user);
        return customer(phone, user, name, aliases, Set.of());
    }

    /** Ids that the answer to a message of ours names beside the one it was sent to; Meta may know the customer by another form of it. */
    static Set<CustomerAlias> aliases(List<JsonNode> contacts) {
        Set<CustomerAlias> aliases = new LinkedHashSet<>();
        if (contacts.size() == 1) {
            JsonNode contact = contacts.getFirst();
            add(aliases, id(contact, "wa_id"));
            add(aliases, id(contact, "user_id"));
            String input = id(contact, "input");
            aliases.removeIf(alias -> alias.value().equals(input));
        }
        return aliases;
    }

    /**
     * A customer who has a new number or user id: {@code wa_id} and {@code user_id} are the new ones, {@code from} and {@code previous_…}
     * the old. Empty if nothing new is named.
     */
    private static Optional<Customer> changed(JsonNode message, JsonNode system) {
        String newPhone = first(id(system, "wa_id"), id(system, "new_wa_id"));
        String newUser = id(system, "user_id");
        if (newPhone == null && newUser == null) {
            return Optional.empty();
        }
        Set<CustomerAlias> aliases = new LinkedHashSet<>();
        add(aliases, newPhone);
        add(aliases, newUser);
        Set<CustomerAlias> former = new LinkedHashSet<>();
        if (newPhone != null) {
            add(former, id(message, "from"));
        }
        if (newUser != null) {
            add(former, id(system, "previous_user_id"));
            add(former, id(message, "from_user_id"));
        }
        former.removeAll(aliases);
        if (former.isEmpty()) {
            return Optional.empty();
        }
        if (newPhone == null) {
            add(aliases, id(message, "from"));
        }
        String phone = newPhone == null ? id(message, "from") : newPhone;
        return customer(phone, newUser, null, aliases, former);
    }

    private static Optional<Customer> customer(
            @Nullable String phone,
            @Nullable String user,
            @Nullable String name,
            Set<CustomerAlias> aliases,
            Set<CustomerAlias> former) {
        String key = first(user, phone);
        String address = first(phone, user);
        return key == null || address == null
                ? Optional.empty()
                : Optional.of(new Customer(key, address, name, aliases, former));
    }

    private static void add(Set<CustomerAlias> ids, @Nullable String id) {
        if (id != null) {
            ids.add(isUserId(id) ? CustomerAlias.userId(id) : CustomerAlias.phone(id));
        }
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static @Nullable String id(JsonNode node, String name) {
        String id = textAt(node, name);
        return id == null || id.length() > Payload.MAX_ID_LENGTH ? null : id;
    }
}
