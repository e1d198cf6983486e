package io.switchboard.whatsapp.waha;

import static io.switchboard.doctor.Finding.failed;
import static io.switchboard.doctor.Finding.ok;
import static io.switchboard.doctor.Finding.unknown;
import static io.switchboard.doctor.Finding.warning;
import static io.switchboard.whatsapp.Payload.label;
import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.doctor.ChannelExaminer;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.kernel.TenantId;
import io.switchboard.whatsapp.FrontDoor;
import io.switchboard.whatsapp.FrontDoor.Knock;
import io.switchboard.whatsapp.MissedMessages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at what makes a session of WAHA work: WAHA itself and its key, the session's state, its webhook, and whether it delivers what it
 * gets. A session that is stopped or has failed is started again, and a webhook that is missing or wrong is entered.
 */
@Component
class WahaDoctor implements ChannelExaminer {

    private static final String RESTART =
            "Restart the session in WAHA's dashboard. If it stays silent, log it out and pair it anew.";

    private final WahaApi api;
    private final WahaSessions sessions;
    private final WahaCatchUp catchUp;
    private final FrontDoor frontDoor;
    private final MissedMessages missed;

    WahaDoctor(WahaApi api, WahaSessions sessions, WahaCatchUp catchUp, FrontDoor frontDoor, MissedMessages missed) {
        this.api = api;
        this.sessions = sessions;
        this.catchUp = catchUp;
        this.frontDoor = frontDoor;
        this.missed = missed;
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.WAHA;
    }

    @Override
    public List<Finding> examine(TenantId tenant, Channel channel) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> key = api.apiKey(tenant, channel);
        Optional<String> hmacKey = api.hmacKey(tenant, channel);
        if (key.isEmpty()) {
            findings.add(failed(
                    Step.TOKEN,
                    "The API key is missing or cannot be decrypted.",
                    "Enter a new API key for this channel."));
        } else {
            switch (sessions.find(channel, key.get())) {
                case WahaSessions.Answer.Told(var session) -> {
                    findings.add(ok(Step.TOKEN, "WAHA answers and accepts the API key."));
                    examineSession(tenant, channel, key.get(), hmacKey, session, findings);
                }
                case WahaSessions.Answer other -> findings.addAll(withoutSession(channel, other));
            }
        }
        findings.add(frontDoor.tryOut(
                channel, "HMAC key", hmacKey, (address, secret) -> List.of(knock(channel, address, secret))));
        return findings;
    }

    private void examineSession(
            TenantId tenant,
            Channel channel,
            String key,
            Optional<String> hmacKey,
            JsonNode session,
            List<Finding> findings) {
        Finding state = state(channel, key, session);
        findings.add(state);
        hmacKey.ifPresent(secret -> findings.add(webhook(channel, key, secret, session)));
        if (state.state() == Finding.State.OK) {
            findings.add(missed.look(tenant, channel, catchUp, "WAHA", RESTART));
        }
    }

    private static List<Finding> withoutSession(Channel channel, WahaSessions.Answer answer) {
        String address = channel.settings().getOrDefault("baseUrl", "");
        return switch (answer) {
            case WahaSessions.Answer.Locked() ->
                List.of(failed(
                        Step.TOKEN,
                        "WAHA does not accept the API key.",
                        "Enter the key that WAHA was started with (WAHA_API_KEY) here as the new API key."));
            case WahaSessions.Answer.Unknown() ->
                List.of(
                        ok(Step.TOKEN, "WAHA answers and accepts the API key."),
                        failed(
                                Step.SESSION,
                                "WAHA has no session named " + WahaApi.session(channel) + ".",
                                "Make a session of that name in WAHA's dashboard, or connect a channel for the one that is there."));
            case WahaSessions.Answer.Refused(var reason) ->
                List.of(unknown(Step.TOKEN, "WAHA gave no usable answer (" + reason + ").", null));
            case WahaSessions.Answer.Silent(var reason) ->
                List.of(
                        failed(
                                Step.TOKEN,
                                "WAHA does not answer at " + address + " (" + reason + ").",
                                "Look whether WAHA runs, and whether that address leads to it from the machine of this installation."));
            case WahaSessions.Answer.Told _ -> List.of();
        };
    }

    private Finding state(Channel channel, String key, JsonNode session) {
        return switch (status(session)) {
            case "STOPPED" -> revived(channel, key, "stopped", sessions.start(channel, key));
            case "FAILED" -> revived(channel, key, "broken down", sessions.restart(channel, key));
            default -> asItIs(session);
        };
    }

    private static Finding asItIs(JsonNode session) {
        return switch (status(session)) {
            case "WORKING" -> {
                String me = textAt(session, "me", "id");
                yield ok(
                        Step.SESSION,
                        "The session works" + (me == null ? "." : " as " + me.replaceAll("[:@].*", "") + "."));
            }
            case "STARTING" ->
                warning(
                        Step.SESSION,
                        "The session is starting, and nobody is answered until it has.",
                        "Examine it again in a minute.");
            case "SCAN_QR_CODE" ->
                failed(
                        Step.SESSION,
                        "The session is paired with no telephone: it waits for somebody to scan its QR code.",
                        "On the telephone, open WhatsApp, Settings, Linked devices, Link a device, and scan the code that this"
                                + " channel's page shows.");
            case "STOPPED", "FAILED" ->
                failed(
                        Step.SESSION,
                        "The session does not stay up: WAHA started it and it broke down again.",
                        "Log the session out in WAHA's dashboard, start it and pair it anew. WAHA's log says why it broke down.");
            default ->
                failed(
                        Step.SESSION,
                        "The session does not work: WAHA says " + label(session, "status") + ".",
                        "Open the session in WAHA's dashboard and do what it asks for.");
        };
    }

    private Finding revived(Channel channel, String key, String was, WahaSessions.Answer answer) {
        if (!(answer instanceof WahaSessions.Answer.Told(var started))) {
            return failed(
                    Step.SESSION,
                    "The session is " + was + ", and WAHA did not start it for us.",
                    "Start the session in WAHA's dashboard.");
        }
        JsonNode now = sessions.find(channel, key) instanceof WahaSessions.Answer.Told(var session) ? session : started;
        Finding finding = asItIs(now);
        return switch (finding.state()) {
            case OK -> ok(Step.SESSION, "The session was " + was + ". We have started it just now.");
            case WARNING ->
                warning(
                        Step.SESSION,
                        "The session was " + was + ". We have started it just now, and it is not ready yet.",
                        "Examine it again in a minute.");
            case UNKNOWN, FAILED -> finding;
        };
    }

    private Finding webhook(Channel channel, String key, String hmacKey, JsonNode session) {
        Optional<URI> address = frontDoor.webhook(channel);
        if (address.isEmpty()) {
            return unknown(
                    Step.SUBSCRIPTION,
                    "Whether WAHA delivers to this channel could not be compared: our own address is not known.",
                    FrontDoor.NO_ADDRESS);
        }
        WahaHook hook = new WahaHook(address.get(), hmacKey);
        JsonNode config = session.path("config");
        Optional<String> problem = hook.problem(config);
        if (problem.isEmpty()) {
            return ok(
                    Step.SUBSCRIPTION,
                    "WAHA delivers to the address of this channel, signed, all events that we need.");
        }
        String sentence = "WAHA did not deliver to this channel as it should: " + problem.get() + ".";
        return sessions.configure(channel, key, hook.into(config)) instanceof WahaSessions.Answer.Told
                ? ok(Step.SUBSCRIPTION, sentence + " We have put that right just now; the session begins anew for it.")
                : failed(
                        Step.SUBSCRIPTION,
                        sentence + " WAHA did not let us change that.",
                        "In the session's configuration, enter the webhook " + address.get()
                                + " with the HMAC key of this channel and the events "
                                + String.join(", ", WahaHook.EVENTS) + ".");
    }

    private static Knock knock(Channel channel, URI address, String hmacKey) {
        byte[] nothing = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("event", "examination", "session", WahaApi.session(channel), "payload", Map.of()))
                .getBytes(StandardCharsets.UTF_8);
        return Knock.delivery(
                address,
                Map.of(
                        "Content-Type",
                        "application/json",
                        WahaSignature.HEADER,
                        WahaSignature.of(hmacKey, nothing),
                        WahaSignature.ALGORITHM_HEADER,
                        "sha512"),
                nothing);
    }

    private static String status(JsonNode session) {
        return label(session, "status");
    }
}
