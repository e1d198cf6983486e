package io.switchboard.whatsapp;

import io.switchboard.channels.Channel;
import io.switchboard.doctor.Finding;
import io.switchboard.doctor.Finding.Step;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Comes to a channel's webhook as its provider does, through whatever stands before it, with a signed delivery of nothing. */
@Component
public class FrontDoor {

    /** What to do where nobody outside can reach us. */
    public static final String NO_ADDRESS =
            "The operator of this installation sets SWITCHBOARD_PUBLIC_URL to the address under which it is reached.";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 16;

    private final InstallationSettings installation;
    private final ProviderClient http = new ProviderClient(Duration.ofSeconds(3));

    FrontDoor(InstallationSettings installation) {
        this.installation = installation;
    }

    /**
     * One request as the provider makes it.
     *
     * @param name goes on "answers …"
     * @param body null for none
     * @param answer the text that must come back; null for any
     */
    public record Knock(
            String name,
            String method,
            URI address,
            Map<String, String> headers,
            byte @Nullable [] body,
            @Nullable String answer) {

        /** A delivery that holds nothing to store. */
        public static Knock delivery(URI address, Map<String, String> headers, byte[] nothing) {
            return new Knock("a signed delivery", "POST", address, headers, nothing, null);
        }
    }

    /** Signs what goes to an address. */
    public interface Visitor {

        List<Knock> knocks(URI address, String secret);
    }

    /** Where a provider reaches a channel; empty if nothing comes from outside, or this installation names no public address. */
    public Optional<URI> webhook(Channel channel) {
        URI base = installation.publicUrl();
        return base == null
                ? Optional.empty()
                : channel.webhookPath().map(path -> URI.create(base.toString().replaceAll("/+$", "") + path));
    }

    /**
     * @param secretName in the words of the channel's page
     * @param secret that deliveries are signed with; empty if it is missing or cannot be decrypted
     */
    public Finding tryOut(Channel channel, String secretName, Optional<String> secret, Visitor visitor) {
        Optional<URI> address = webhook(channel);
        if (address.isEmpty()) {
            return Finding.unknown(
                    Step.FRONT_DOOR, "Whether our address is reached from outside could not be tried.", NO_ADDRESS);
        }
        return secret.isEmpty()
                ? Finding.failed(
                        Step.FRONT_DOOR,
                        "The " + secretName + " is missing or cannot be decrypted, so every delivery is refused.",
                        "Enter the " + secretName + " again for this channel.")
                : tryOut(address.get(), visitor.knocks(address.get(), secret.get()));
    }

    /** As {@link #tryOut(Channel, String, Optional, Visitor)}, at any address. */
    public Finding tryOut(URI address, List<Knock> knocks) {
        try {
            for (Knock knock : knocks) {
                ProviderClient.Response response = send(knock);
                if (response.status() != 200
                        || (knock.answer() != null
                                && !knock.answer().equals(new String(response.body(), StandardCharsets.UTF_8)))) {
                    return closed(address, "answers " + knock.name() + " with HTTP " + response.status());
                }
            }
            return Finding.ok(Step.FRONT_DOOR, "A signed delivery through our public address arrived.");
        } catch (IOException e) {
            return closed(address, "does not answer: " + e.getMessage());
        }
    }

    ProviderClient.Response send(Knock knock) throws IOException {
        return http.send(knock.method(), knock.address(), knock.headers(), knock.body(), LIMIT, LONGEST_ANSWER);
    }

    private static Finding closed(URI address, String problem) {
        return Finding.failed(
                Step.FRONT_DOOR,
                "Our public address " + address + " " + problem + ".",
                "The operator checks that SWITCHBOARD_PUBLIC_URL is right, that its certificate is valid, and that the proxy before it"
                        + " passes everything below /webhooks/ on, unchanged.");
    }
}
