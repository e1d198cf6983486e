package io.switchboard.whatsapp.twilio;

import io.switchboard.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a request: HMAC-SHA-1 with the account's token over the address that Twilio called and the parameters, each once and
 * in the order of their names. Twilio itself is not of one mind about the port in the address, so it may be there or not. See <a
 * href="https://www.twilio.com/docs/usage/webhooks/webhooks-security">webhooks security</a>.
 */
final class TwilioSignature {

    static final String HEADER = "X-Twilio-Signature";

    private static final Pattern ADDRESS = Pattern.compile("(https?)://([^/?#]*?)(?::\\d+)?([/?].*)?", Pattern.DOTALL);
    private static final Pattern BODY_DIGEST = Pattern.compile("[?&]bodySHA256=([^&]*)");

    private TwilioSignature() {}

    /**
     * Takes as long for a wrong signature as for a right one.
     *
     * @param url as Twilio called it: the public one, in its own percent-encoding
     */
    static boolean matches(
            String authToken, String url, List<TwilioParameters.Parameter> parameters, @Nullable String header) {
        if (header == null) {
            return false;
        }
        String signed = signed(parameters);
        boolean matches = false;
        for (String candidate : spellings(url)) {
            byte[] expected = Base64.getEncoder().encode(hmac(authToken, candidate + signed));
            matches |= MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }

    /** The value of {@link #HEADER} for a delivery of our own. */
    static String of(String authToken, String url, List<TwilioParameters.Parameter> parameters) {
        return Base64.getEncoder().encodeToString(hmac(authToken, url + signed(parameters)));
    }

    /** Of a body that is no form: the address is signed, and holds a digest of the bytes. */
    static boolean matches(String authToken, String url, byte[] body, @Nullable String header) {
        Matcher digest = BODY_DIGEST.matcher(url);
        return digest.find()
                && MessageDigest.isEqual(
                        Sha256.hex(body).getBytes(StandardCharsets.UTF_8),
                        digest.group(1).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                && matches(authToken, url, List.of(), header);
    }

    private static String signed(List<TwilioParameters.Parameter> parameters) {
        StringBuilder signed = new StringBuilder();
        new TreeSet<>(parameters)
                .forEach(parameter -> signed.append(parameter.name()).append(parameter.value()));
        return signed.toString();
    }

    private static Set<String> spellings(String url) {
        Matcher parts = ADDRESS.matcher(url);
        if (!parts.matches()) {
            return Set.of(url);
        }
        String host = parts.group(1) + "://" + parts.group(2);
        String rest = parts.group(3) == null ? "" : parts.group(3);
        String port = parts.group(1).equals("https") ? ":443" : ":80";
        return Stream.of(url, host + rest, host + port + rest).collect(Collectors.toSet());
    }

    private static byte[] hmac(String authToken, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 is not available in this Java runtime", e);
        }
    }
}
