package io.switchboard.whatsapp.waha;

import static io.switchboard.whatsapp.Payload.idOf;
import static io.switchboard.whatsapp.Payload.seconds;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.conversations.MessageContent;
import io.switchboard.conversations.MessageKind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What customers write, react to, edit and take back. */
final class WahaMessage {

    private WahaMessage() {}

    /** Empty for our own words, groups, channels, stories, lists, and events of the protocol that say nothing. */
    static Optional<InboundMessage> message(JsonNode payload, JsonNode me, String baseUrl, Instant arrival) {
        MessageContent content =
                WahaContent.of(payload, baseUrl).refersTo(WahaId.messageOf(textAt(payload, "replyTo", "id")));
        if (content.kind() == MessageKind.EMPTY) {
            return Optional.empty();
        }
        return customer(payload, me, textAt(payload, "id"))
                .map(customer -> new InboundMessage(
                        idOf(WahaId.messageOf(textAt(payload, "id")), payload.toString()),
                        customer,
                        content,
                        seconds(payload, arrival, "timestamp"),
                        payload.toString()));
    }

    static Optional<InboundMessage> reaction(JsonNode payload, JsonNode me, Instant arrival) {
        String target = textAt(payload, "reaction", "messageId");
        return change(
                payload,
                me,
                "reaction",
                textAt(payload, "id"),
                MessageContent.of(MessageKind.REACTION, textAt(payload, "reaction", "text"))
                        .refersTo(WahaId.messageOf(target)),
                arrival);
    }

    static Optional<InboundMessage> edit(JsonNode payload, JsonNode me, Instant arrival) {
        String target = textAt(payload, "editedMessageId");
        return change(
                payload,
                me,
                "edit",
                textAt(payload, "id"),
                MessageContent.of(MessageKind.EDIT, textAt(payload, "body")).refersTo(WahaId.messageOf(target)),
                arrival);
    }

    /** The message that was taken back stands beside what took its place. */
    static Optional<InboundMessage> revoke(JsonNode payload, JsonNode me, Instant arrival) {
        String target = textAt(payload, "revokedMessageId");
        JsonNode after = payload.path("after").isObject() ? payload.path("after") : payload;
        return change(
                after,
                me,
                "revoke",
                target == null ? textAt(after, "id") : target,
                MessageContent.of(MessageKind.REVOKE, null).refersTo(WahaId.messageOf(target)),
                arrival);
    }

    /** A change has no id of its own in every engine; with its time it is told apart from others of the same message. */
    private static Optional<InboundMessage> change(
            JsonNode payload, JsonNode me, String kind, @Nullable String id, MessageContent content, Instant arrival) {
        String known = WahaId.messageOf(id);
        return customer(payload, me, id)
                .map(customer -> new InboundMessage(
                        idOf(
                                known == null ? null : kind + "_" + known + "_" + textAt(payload, "timestamp"),
                                kind + payload),
                        customer,
                        content,
                        seconds(payload, arrival, "timestamp"),
                        payload.toString()));
    }

    private static Optional<Customer> customer(JsonNode payload, JsonNode me, @Nullable String id) {
        WahaId named = WahaId.of(id == null ? "" : id);
        String from = textAt(payload, "from");
        boolean ours = payload.path("fromMe").asBoolean(named.ours());
        return ours
                ? Optional.empty()
                : WahaChat.of(from == null ? named.chat() : from)
                        .filter(chat -> !isOurs(chat, me))
                        .map(chat ->
                                new Customer(chat.id(), chat.id(), name(payload), aliases(chat, payload), Set.of()));
    }

    /** A loop guard: a number that writes to itself. */
    private static boolean isOurs(WahaChat chat, JsonNode me) {
        return Stream.of("id", "lid", "jid")
                .flatMap(name -> WahaChat.of(textAt(me, name)).stream())
                .anyMatch(own -> own.alias().equals(chat.alias()));
    }

    /** The id that the message came with, and the other one of the same person where the engine knows it. */
    private static Set<CustomerAlias> aliases(WahaChat chat, JsonNode payload) {
        Set<CustomerAlias> aliases = new LinkedHashSet<>(Set.of(chat.alias()));
        Stream.of(
                        textAt(payload, "_data", "key", "remoteJidAlt"),
                        textAt(payload, "_data", "key", "senderPn"),
                        textAt(payload, "_data", "Info", "SenderAlt"))
                .flatMap(other -> WahaChat.of(other).stream())
                .map(WahaChat::alias)
                .forEach(aliases::add);
        return aliases;
    }

    private static @Nullable String name(JsonNode payload) {
        return Stream.of(
                        Optional.ofNullable(textAt(payload, "_data", "notifyName")),
                        Optional.ofNullable(textAt(payload, "_data", "pushName")),
                        Optional.ofNullable(textAt(payload, "_data", "Info", "PushName")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }
}
