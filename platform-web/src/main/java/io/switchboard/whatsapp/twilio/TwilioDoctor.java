package io.switchboard.whatsapp.twilio;

import static io.switchboard.doctor.Finding.failed;
import static io.switchboard.doctor.Finding.ok;
import static io.switchboard.doctor.Finding.unknown;
import static io.switchboard.doctor.Finding.warning;
import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.label;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.doctor.ChannelExaminer;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import io.switchboard.whatsapp.FrontDoor;
import io.switchboard.whatsapp.FrontDoor.Knock;
import io.switchboard.whatsapp.MissedMessages;
import io.switchboard.whatsapp.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Looks at what makes a WhatsApp sender of Twilio work: the account and its token, the sender, the address that Twilio calls, and whether
 * it delivers what it gets. Nothing at Twilio is changed. See <a
 * href="https://www.twilio.com/docs/whatsapp/api/senders">senders</a>.
 */
@Component
class TwilioDoctor implements ChannelExaminer {

    /** Everybody's, to try it out; it is in nobody's list of senders. */
    private static final String SANDBOX = "whatsapp:+14155238886";

    private static final String CONSOLE = "In Twilio's console, under Messaging, Senders, WhatsApp senders, ";

    private final TwilioApi api;
    private final TwilioCatchUp catchUp;
    private final FrontDoor frontDoor;
    private final MissedMessages missed;

    TwilioDoctor(TwilioApi api, TwilioCatchUp catchUp, FrontDoor frontDoor, MissedMessages missed) {
        this.api = api;
        this.catchUp = catchUp;
        this.frontDoor = frontDoor;
        this.missed = missed;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.TWILIO;
    }

    @Override
    public List<Finding> examine(TenantId tenant, Channel channel) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> token = api.authToken(tenant, channel);
        if (token.isEmpty()) {
            findings.add(failed(
                    Step.TOKEN,
                    "The auth token is missing or cannot be decrypted.",
                    "Enter a new auth token for this channel."));
        } else {
            Finding account = account(channel, token.get());
            findings.add(account);
            if (account.state() == Finding.State.OK || account.state() == Finding.State.WARNING) {
                examineSender(channel, token.get(), findings);
                findings.add(missed.look(
                        tenant,
                        channel,
                        catchUp,
                        "Twilio",
                        CONSOLE + "compare the webhook of the sender, and look at its error log."));
            }
        }
        findings.add(frontDoor.tryOut(channel, "auth token", token, TwilioDoctor::knocks));
        return findings;
    }

    private Finding account(Channel channel, String token) {
        ProviderClient.Response response;
        try {
            response = api.account(channel, token);
        } catch (IOException e) {
            return unknown(
                    Step.TOKEN,
                    "Twilio cannot be reached (" + e.getMessage() + ").",
                    "Check the network of this installation; it is examined again in a few hours.");
        }
        return switch (response.status()) {
            case 200 -> account(Payload.read(response.body()));
            case 401, 403 ->
                failed(
                        Step.TOKEN,
                        "Twilio does not accept the auth token for this account.",
                        "Copy the auth token of this account from the first page of Twilio's console, and enter it here as the new one."
                                + " An API key does not do.");
            case 404 ->
                failed(
                        Step.TOKEN,
                        "Twilio knows no account with this account SID.",
                        "Connect the number anew with the account SID that Twilio's console shows.");
            default -> unknown(Step.TOKEN, "Twilio gave no usable answer (HTTP " + response.status() + ").", null);
        };
    }

    private static Finding account(JsonNode account) {
        String status = label(account, "status").toLowerCase(Locale.ROOT);
        if (!status.equals("active")) {
            return failed(
                    Step.TOKEN,
                    "Twilio accepts the auth token, and the account is " + status + ".",
                    "Open Twilio's console: it says why, and what to pay or to prove.");
        }
        return "Trial".equalsIgnoreCase(textAt(account, "type"))
                ? warning(
                        Step.TOKEN,
                        "Twilio accepts the auth token, and the account is on trial, with few messages.",
                        "Upgrade the account in Twilio's console before customers write.")
                : ok(Step.TOKEN, "Twilio accepts the auth token, and the account is active.");
    }

    private void examineSender(Channel channel, String token, List<Finding> findings) {
        String number = TwilioMessage.number(channel);
        if (number.equals(SANDBOX)) {
            findings.add(warning(
                    Step.NUMBER,
                    "The sender is Twilio's sandbox: only telephones that joined it get answers.",
                    "Register a sender of your own in Twilio's console and connect it."));
            findings.add(callsUnknown(channel, "the sandbox's settings"));
            return;
        }
        JsonNode list;
        try {
            ProviderClient.Response response = api.senders(channel, token);
            list = Payload.read(response.body());
            if (response.status() != 200 || !list.path("senders").isArray()) {
                findings.add(unknown(
                        Step.NUMBER, "Twilio did not tell about the sender (HTTP " + response.status() + ").", null));
                findings.add(callsUnknown(channel, "the page of the sender"));
                return;
            }
        } catch (IOException e) {
            findings.add(unknown(Step.NUMBER, "Twilio did not tell about the sender (" + e.getMessage() + ").", null));
            return;
        }
        Optional<JsonNode> sender = elements(list, "senders").stream()
                .filter(one -> number.equals(textAt(one, "sender_id")))
                .findFirst();
        if (sender.isEmpty()) {
            findings.add(
                    failed(
                            Step.NUMBER,
                            "The account has no WhatsApp sender " + number + ".",
                            CONSOLE
                                    + "look which account the sender belongs to. A number of a subaccount needs the subaccount's SID and token."));
            return;
        }
        findings.add(sender(number, sender.get()));
        findings.add(callback(channel, sender.get()));
    }

    private static Finding sender(String number, JsonNode sender) {
        String status = label(sender, "status");
        if (!status.startsWith("ONLINE")) {
            JsonNode reason =
                    elements(sender, "offline_reasons").stream().findFirst().orElse(sender.path("offline_reasons"));
            String why = textAt(reason, "message");
            return failed(
                    Step.NUMBER,
                    "The sender " + number + " is "
                            + status.toLowerCase(Locale.ROOT).replace('_', ' ') + (why == null ? "." : ": " + why),
                    CONSOLE + "open the sender: it says what is missing.");
        }
        String quality = textAt(sender, "properties", "quality_rating");
        if ("LOW".equalsIgnoreCase(quality)) {
            return warning(
                    Step.NUMBER,
                    "The sender " + number + " is online, but customers blocked or reported it: its quality is low.",
                    "Look under Conversations what customers complain about, before WhatsApp lowers the number's limits.");
        }
        return ok(
                Step.NUMBER,
                "The sender " + number + " is online"
                        + (quality == null ? "" : ", quality " + quality.toLowerCase(Locale.ROOT)) + ".");
    }

    private Finding callback(Channel channel, JsonNode sender) {
        Optional<URI> wanted = frontDoor.webhook(channel);
        String called = textAt(sender, "webhook", "callback_url");
        if (wanted.isEmpty()) {
            return unknown(
                    Step.CALLBACK,
                    called == null ? "Twilio calls nobody." : "Twilio calls " + called + ".",
                    FrontDoor.NO_ADDRESS);
        }
        if (called != null && withoutOptions(called).equals(wanted.get().toString())) {
            String method = textAt(sender, "webhook", "callback_method");
            return method == null || method.equals("POST")
                    ? ok(Step.CALLBACK, "Twilio calls the address of this channel.")
                    : failed(
                            Step.CALLBACK,
                            "Twilio calls the address of this channel with HTTP " + method + ".",
                            CONSOLE + "choose HTTP POST for the webhook of incoming messages.");
        }
        String sentence = called == null
                ? "Twilio calls nobody when a message comes."
                : "Twilio calls " + called + " and not this channel.";
        String remedy = CONSOLE + "enter " + wanted.get() + " as webhook for incoming messages, with HTTP POST.";
        return channel.settings().getOrDefault("messagingServiceSid", "").isBlank()
                ? failed(Step.CALLBACK, sentence, remedy)
                : warning(Step.CALLBACK, sentence, remedy + " It may stand in the messaging service too.");
    }

    private Finding callsUnknown(Channel channel, String place) {
        return unknown(
                Step.CALLBACK,
                "Twilio does not say which address it calls.",
                frontDoor
                        .webhook(channel)
                        .map(address -> "Compare it in Twilio's console on " + place + " with " + address + ".")
                        .orElse(FrontDoor.NO_ADDRESS));
    }

    /** Behind a hash stand wishes about repetition, which Twilio keeps to itself. */
    private static String withoutOptions(String address) {
        return address.replaceAll("#.*", "");
    }

    private static List<Knock> knocks(URI address, String authToken) {
        TwilioParameters.Parameter nothing = new TwilioParameters.Parameter("ApiVersion", "2010-04-01");
        byte[] body = (nothing.name() + "=" + URLEncoder.encode(nothing.value(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        return List.of(Knock.delivery(
                address,
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        TwilioSignature.HEADER,
                        TwilioSignature.of(authToken, address.toString(), List.of(nothing))),
                body));
    }
}
