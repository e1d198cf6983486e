package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.meta.MetaJson.elements;
import static io.switchboard.whatsapp.meta.MetaJson.textAt;
import static io.switchboard.whatsapp.meta.MetaJson.time;

import io.switchboard.conversations.InboundMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An element of {@code messages}. */
final class MetaMessage {

    /** Ids are about 60 characters, user ids at most 131; a longer one is none. */
    private static final int MAX_ID_LENGTH = 500;

    /** WhatsApp's texts have 4,096 characters at most, with room for what may come; the whole message is kept beside. */
    private static final int MAX_TEXT_LENGTH = 16_384;

    private MetaMessage() {}

    /** Empty for what is no message of a customer to this number: groups, our own words, a sender nobody can answer. */
    static Optional<InboundMessage> read(JsonNode message, JsonNode value, Instant arrival) {
        if (!message.isObject() || textAt(message, "group_id") != null) {
            return Optional.empty();
        }
        Sender sender = Sender.of(message, elements(value, "contacts"));
        String user = sender.key();
        String address = sender.address();
        if (user == null || address == null || isOwnNumber(address, value)) {
            return Optional.empty();
        }
        MetaContent content = MetaContent.of(message);
        return Optional.of(new InboundMessage(
                id(message),
                content.kind(),
                user,
                address,
                sender.name(),
                cut(content.text()),
                time(message, arrival),
                message.toString()));
    }

    /** A loop guard; the examples in Meta's documentation name both sides alike, with words that are no number. */
    private static boolean isOwnNumber(String address, JsonNode value) {
        return address.matches("[0-9]+") && address.equals(textAt(value, "metadata", "display_phone_number"));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH);
    }

    /** Meta's id; without one a digest of the message, which is the same when Meta delivers it again. */
    private static String id(JsonNode message) {
        String id = textAt(message, "id");
        return id == null || id.length() > MAX_ID_LENGTH ? "sha256:" + digest(message.toString()) : id;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available in this Java runtime", e);
        }
    }

    /**
     * Who wrote.
     *
     * @param phone digits; gone once a customer has a user name
     * @param userId Meta's id of the customer for this business ("BSUID"), there since 2026; may stand in the place of the phone
     */
    private record Sender(
            @Nullable String phone,
            @Nullable String userId,
            @Nullable String name) {

        static Sender of(JsonNode message, List<JsonNode> contacts) {
            String phone = id(message, "from");
            String userId = id(message, "from_user_id");
            for (JsonNode contact : contacts) {
                boolean same = (phone != null && phone.equals(id(contact, "wa_id")))
                        || (userId != null && userId.equals(id(contact, "user_id")));
                boolean only = phone == null && userId == null && contacts.size() == 1;
                if (same || only) {
                    return new Sender(
                            phone == null ? id(contact, "wa_id") : phone,
                            userId == null ? id(contact, "user_id") : userId,
                            textAt(contact, "profile", "name"));
                }
            }
            return new Sender(phone, userId, null);
        }

        /** The user id first: it stays when the phone goes. */
        @Nullable
        String key() {
            return userId == null ? phone : userId;
        }

        @Nullable
        String address() {
            return phone == null ? userId : phone;
        }

        private static @Nullable String id(JsonNode node, String name) {
            String id = textAt(node, name);
            return id == null || id.length() > MAX_ID_LENGTH ? null : id;
        }
    }
}
