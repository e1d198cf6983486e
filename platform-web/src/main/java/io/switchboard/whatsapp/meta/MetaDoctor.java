package io.switchboard.whatsapp.meta;

import static io.switchboard.doctor.Finding.failed;
import static io.switchboard.doctor.Finding.ok;
import static io.switchboard.doctor.Finding.unknown;
import static io.switchboard.doctor.Finding.warning;
import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.label;
import static io.switchboard.whatsapp.Payload.textAt;
import static io.switchboard.whatsapp.meta.MetaAccount.MANAGING;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.doctor.ChannelExaminer;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.FrontDoor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Looks at what makes a number at Meta work: the token and what it may do, the number's own state, the subscription of its account to our
 * app, the address that Meta calls, and the templates; and delivers a signed nothing to that address by itself. A missing subscription is
 * made, as it is what everybody forgets. See <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/health-status">health
 * status</a> and <a href="https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override">callbacks</a>.
 */
@Component
class MetaDoctor implements ChannelExaminer {

    private static final String SENDING = "whatsapp_business_messaging";
    private static final String NUMBER_FIELDS = "display_phone_number,verified_name,status,account_mode,quality_rating,"
            + "whatsapp_business_manager_messaging_limit,webhook_configuration,health_status";
    private static final Duration SOON = Duration.ofDays(14);
    private static final int TEMPLATES_NAMED = 5;
    private static final Set<String> GOOD_TEMPLATES = Set.of("APPROVED", "PENDING", "IN_APPEAL");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final ChannelService channels;
    private final GraphApi graph;
    private final FrontDoor frontDoor;
    private final Clock clock;

    MetaDoctor(ChannelService channels, GraphApi graph, FrontDoor frontDoor, Clock clock) {
        this.channels = channels;
        this.graph = graph;
        this.frontDoor = frontDoor;
        this.clock = clock;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public List<Finding> examine(TenantId tenant, Channel channel) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> token = channels.credential(tenant, channel.id(), "accessToken");
        if (token.isPresent()) {
            examineAtMeta(channel, token.get(), findings);
        } else {
            findings.add(failed(
                    Step.TOKEN,
                    "The access token is missing or cannot be decrypted.",
                    "Enter a new access token for this channel."));
        }
        findings.add(frontDoor.tryOut(
                channel,
                "app secret",
                channels.credential(tenant, channel.id(), "appSecret"),
                (address, secret) -> MetaKnocks.of(address, channel.verifyToken(), secret)));
        return findings;
    }

    private void examineAtMeta(Channel channel, String token, List<Finding> findings) {
        switch (graph.get(MetaAccount.aboutToken(token), token)) {
            case GraphApi.Answer.Silent(var reason) ->
                findings.add(unknown(
                        Step.TOKEN,
                        "Meta cannot be reached (" + reason + ").",
                        "Check the network of this installation; it is examined again in a few hours."));
            case GraphApi.Answer.Refused(var code, var reason) -> findings.add(refusedToken(code, reason));
            case GraphApi.Answer.Told(var body) -> {
                JsonNode about = body.path("data");
                if (!about.path("is_valid").asBoolean(false)) {
                    findings.add(refusedToken("190", label(about, "error", "message")));
                    return;
                }
                findings.add(validToken(about));
                findings.add(permissions(about));
                examineNumber(channel, token, about, findings);
            }
        }
    }

    private static Finding refusedToken(String code, String reason) {
        return code.startsWith("http-")
                ? unknown(Step.TOKEN, "Meta gave no usable answer (" + reason + ").", null)
                : failed(
                        Step.TOKEN,
                        "Meta does not accept the access token: " + reason,
                        "In Meta Business Settings, make a token of a system user that has this app and number, without an end, and"
                                + " enter it here as the new token.");
    }

    private Finding validToken(JsonNode about) {
        long seconds = about.path("expires_at").asLong(0);
        if (seconds == 0) {
            return ok(Step.TOKEN, "Meta accepts the access token, which has no end.");
        }
        Instant end = Instant.ofEpochSecond(seconds);
        String sentence = "Meta accepts the access token until " + DAY.format(end) + ".";
        return end.isAfter(clock.instant().plus(SOON))
                ? ok(Step.TOKEN, sentence)
                : warning(
                        Step.TOKEN,
                        sentence,
                        "Make a token of a system user without an end and enter it here before that day.");
    }

    private static Finding permissions(JsonNode about) {
        Set<String> scopes = elements(about, "scopes").stream()
                .map(scope -> scope.asString(""))
                .collect(Collectors.toSet());
        if (!scopes.contains(SENDING)) {
            return failed(
                    Step.PERMISSIONS,
                    "The access token may not send messages: it lacks " + SENDING + ".",
                    "Make a new token with the permissions " + SENDING + " and " + MANAGING + ".");
        }
        return scopes.contains(MANAGING)
                ? ok(Step.PERMISSIONS, "The access token may send messages and read the account.")
                : warning(
                        Step.PERMISSIONS,
                        "The access token may send messages and not read the account, so not all can be examined.",
                        "Make a new token that has " + MANAGING + " too.");
    }

    private void examineNumber(Channel channel, String token, JsonNode about, List<Finding> findings) {
        String id = channel.settings().getOrDefault("phoneNumberId", "");
        switch (graph.get(id + "?fields=" + NUMBER_FIELDS, token)) {
            case GraphApi.Answer.Silent(var reason) ->
                findings.add(unknown(Step.NUMBER, "Meta did not tell about the number (" + reason + ").", null));
            case GraphApi.Answer.Refused(var _, var reason) ->
                findings.add(failed(
                        Step.NUMBER,
                        "The access token does not reach a number with the phone number ID " + id + ": " + reason,
                        "Compare the phone number ID with the one under API setup in the app, and give the system user of the token"
                                + " access to the number's WhatsApp account."));
            case GraphApi.Answer.Told(var number) -> {
                findings.add(number(number));
                String app = Objects.requireNonNullElse(textAt(about, "app_id"), "");
                MetaAccount.of(number, about).ifPresent(account -> {
                    findings.add(subscription(account, app, token));
                    findings.add(templates(account, token));
                });
                findings.add(callback(channel, number));
            }
        }
    }

    private static Finding number(JsonNode number) {
        String name = label(number, "display_phone_number");
        for (JsonNode part : elements(number.path("health_status"), "entities")) {
            if ("BLOCKED".equals(textAt(part, "can_send_message"))) {
                JsonNode error = elements(part, "errors").stream()
                        .findFirst()
                        .orElse(part.path("errors").path(0));
                return failed(
                        Step.NUMBER,
                        "Meta blocks sending from " + name + " because of the "
                                + label(part, "entity_type")
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ') + ": "
                                + label(error, "error_description"),
                        Objects.requireNonNullElse(
                                textAt(error, "possible_solution"), "Look at the account in WhatsApp Manager."));
            }
        }
        String status = textAt(number, "status");
        if (status != null && !status.equals("CONNECTED")) {
            return failed(
                    Step.NUMBER,
                    "Meta says that the number " + name + " is " + status.toLowerCase(Locale.ROOT) + ".",
                    "Register the number again in WhatsApp Manager.");
        }
        String quality = textAt(number, "quality_rating");
        if (quality != null && Set.of("RED", "YELLOW").contains(quality)) {
            return warning(
                    Step.NUMBER,
                    "The number " + name + " is connected, but customers blocked or reported it: its quality is "
                            + quality.toLowerCase(Locale.ROOT) + ".",
                    "Look under Conversations what customers complain about, before Meta lowers the number's limits.");
        }
        if ("SANDBOX".equals(textAt(number, "account_mode"))) {
            return warning(
                    Step.NUMBER,
                    "The number " + name + " is a test number: only the few phones on its list get answers.",
                    "Add a number of your own in WhatsApp Manager and connect it.");
        }
        String tier = textAt(number, "whatsapp_business_manager_messaging_limit");
        return ok(
                Step.NUMBER,
                "The number " + name + " is connected"
                        + (quality == null ? "" : ", quality " + quality.toLowerCase(Locale.ROOT))
                        + (tier == null
                                ? ""
                                : ", limit " + tier.toLowerCase(Locale.ROOT).replace('_', ' ')) + ".");
    }

    private Finding subscription(String account, String app, String token) {
        switch (graph.get(account + "/subscribed_apps", token)) {
            case GraphApi.Answer.Told(var body) -> {
                if (subscribed(body, app)) {
                    return ok(Step.SUBSCRIPTION, "The WhatsApp account delivers its messages to the app.");
                }
            }
            case GraphApi.Answer.Refused(var _, var reason) -> {
                return unknown(
                        Step.SUBSCRIPTION,
                        "Meta did not tell to which apps the account delivers: " + reason,
                        "Give the token the permission " + MANAGING + ".");
            }
            case GraphApi.Answer.Silent(var reason) -> {
                return unknown(
                        Step.SUBSCRIPTION,
                        "Meta did not tell to which apps the account delivers (" + reason + ").",
                        null);
            }
        }
        return switch (graph.post(account + "/subscribed_apps", token)) {
            case GraphApi.Answer.Told(var done)
            when done.path("success").asBoolean(false) ->
                ok(
                        Step.SUBSCRIPTION,
                        "The WhatsApp account did not deliver its messages to the app. We have subscribed it just now.");
            case GraphApi.Answer.Told _, GraphApi.Answer.Refused _, GraphApi.Answer.Silent _ ->
                failed(
                        Step.SUBSCRIPTION,
                        "The WhatsApp account does not deliver its messages to the app, and we may not change that.",
                        "Give the token the permission " + MANAGING
                                + " and examine again, or subscribe the app to the account" + " yourself (POST /"
                                + account + "/subscribed_apps).");
        };
    }

    private static boolean subscribed(JsonNode body, String app) {
        return elements(body, "data").stream()
                .map(entry -> textAt(entry, "whatsapp_business_api_data", "id"))
                .anyMatch(id -> app.isEmpty() ? id != null : app.equals(id));
    }

    private Finding templates(String account, String token) {
        if (!(graph.get(account + "/message_templates?fields=name,language,status&limit=200", token)
                instanceof GraphApi.Answer.Told(var body))) {
            return unknown(Step.TEMPLATES, "Meta did not tell about message templates.", null);
        }
        List<JsonNode> all = elements(body, "data");
        List<String> bad = all.stream()
                .filter(template -> !GOOD_TEMPLATES.contains(String.valueOf(textAt(template, "status"))))
                .map(template -> label(template, "name") + " (" + label(template, "language") + ", "
                        + label(template, "status").toLowerCase(Locale.ROOT) + ")")
                .toList();
        if (bad.isEmpty()) {
            return ok(
                    Step.TEMPLATES,
                    all.isEmpty()
                            ? "There are no message templates; answers need none."
                            : all.size() + " message templates.");
        }
        return warning(
                Step.TEMPLATES,
                bad.size() + " of " + all.size() + " message templates cannot be sent: "
                        + bad.stream().limit(TEMPLATES_NAMED).collect(Collectors.joining(", ")) + ".",
                "Correct them in WhatsApp Manager. Answers within 24 hours need no template.");
    }

    private Finding callback(Channel channel, JsonNode number) {
        JsonNode callbacks = number.path("webhook_configuration");
        String called = firstOf(
                textAt(callbacks, "phone_number"),
                textAt(callbacks, "whatsapp_business_account"),
                textAt(callbacks, "application"));
        Optional<URI> wanted = frontDoor.webhook(channel);
        if (called == null) {
            return unknown(
                    Step.CALLBACK,
                    "Meta does not say which address it calls.",
                    "In the app, under WhatsApp, Configuration, enter the callback URL and verify token that this channel shows,"
                            + " and subscribe to the field messages.");
        }
        if (wanted.isEmpty()) {
            return unknown(Step.CALLBACK, "Meta calls " + called + ".", FrontDoor.NO_ADDRESS);
        }
        return called.equals(wanted.get().toString())
                ? ok(Step.CALLBACK, "Meta calls the address of this channel.")
                : failed(
                        Step.CALLBACK,
                        "Meta calls " + called + " and not this channel.",
                        "In the app, under WhatsApp, Configuration, enter the callback URL " + wanted.get()
                                + " with the verify token that this channel shows.");
    }

    private static @Nullable String firstOf(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
