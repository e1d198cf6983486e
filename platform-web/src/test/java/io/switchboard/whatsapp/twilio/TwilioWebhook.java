package io.switchboard.whatsapp.twilio;

import io.switchboard.ApiClient;
import io.switchboard.world.FakeTwilio;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls a channel's webhook as Twilio does, signed with the account's token over the public address. */
record TwilioWebhook(
        ApiClient client, String publicUrl, String path, String authToken, String accountSid, String number) {

    ApiClient.Reply text(String messageSid, String from, String text) {
        return deliver(message(messageSid, from, "text", Map.of("Body", text)));
    }

    /** What Twilio sends with every message, and more. */
    Map<String, String> message(String messageSid, String from, String type, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SmsMessageSid", messageSid);
        parameters.put("NumMedia", "0");
        parameters.put("ProfileName", "Customer " + from);
        parameters.put("MessageType", type);
        parameters.put("SmsSid", messageSid);
        parameters.put("WaId", from.replaceAll("\\D", ""));
        parameters.put("SmsStatus", "received");
        parameters.put("To", number);
        parameters.put("NumSegments", "1");
        parameters.put("MessageSid", messageSid);
        parameters.put("AccountSid", accountSid);
        parameters.put("From", from);
        parameters.put("ApiVersion", "2010-04-01");
        parameters.putAll(more);
        return parameters;
    }

    /** @param status sent, delivered, read, failed or undelivered */
    ApiClient.Reply status(FakeTwilio.Send send, String status, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("MessageSid", send.sid());
        parameters.put("MessageStatus", status);
        parameters.put("To", send.to());
        parameters.put("From", number);
        parameters.put("AccountSid", accountSid);
        parameters.putAll(more);
        return post("/status?" + send.callbackQuery(), parameters);
    }

    ApiClient.Reply deliver(Map<String, String> parameters) {
        return post("", parameters);
    }

    ApiClient.Reply post(String below, Map<String, String> parameters) {
        return post(below, form(parameters), sign(authToken, publicUrl + path + below, parameters));
    }

    /** @param signature null to leave the header out */
    ApiClient.Reply post(String below, String form, String signature) {
        ApiClient signed = signature == null ? client : client.withHeader("X-Twilio-Signature", signature);
        return signed.send(
                "POST",
                path + below,
                "application/x-www-form-urlencoded; charset=utf-8",
                form.getBytes(StandardCharsets.UTF_8));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String sign(String token, String url, Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
