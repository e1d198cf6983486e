package io.switchboard.probing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Signs a delivery as the provider does whose address it is for, with nothing of the program's own checks. */
final class ProviderSigner {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final URI publicUrl;

    ProviderSigner(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** What is sent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Delivery(byte[] body, String contentType, Map<String, String> headers) {}

    Delivery sign(String path, byte[] json, String secret) {
        if (path.startsWith("/webhooks/twilio/")) {
            return twilio(path, JSON.readValue(json, TEXTS), secret);
        }
        if (path.startsWith("/webhooks/waha/")) {
            String signature = HexFormat.of().formatHex(hmac("HmacSHA512", secret, json));
            return new Delivery(
                    json,
                    "application/json",
                    Map.of("X-Webhook-Hmac", signature, "X-Webhook-Hmac-Algorithm", "sha512"));
        }
        String signature = HexFormat.of().formatHex(hmac("HmacSHA256", secret, json));
        return new Delivery(json, "application/json", Map.of("X-Hub-Signature-256", "sha256=" + signature));
    }

    /** Of the address and the parameters in the order of their names. */
    private Delivery twilio(String path, Map<String, String> parameters, String secret) {
        String signed = publicUrl.toString().replaceAll("/+$", "")
                + path
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + parameter.getValue())
                        .collect(Collectors.joining());
        String form = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        byte[] signature = hmac("HmacSHA1", secret, signed.getBytes(StandardCharsets.UTF_8));
        return new Delivery(
                form.getBytes(StandardCharsets.US_ASCII),
                "application/x-www-form-urlencoded",
                Map.of("X-Twilio-Signature", Base64.getEncoder().encodeToString(signature)));
    }

    private static byte[] hmac(String algorithm, String secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is not available in this Java runtime", e);
        }
    }
}
