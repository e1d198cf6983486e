package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.kernel.Sha256;
import io.switchboard.whatsapp.Recorded;
import io.switchboard.whatsapp.twilio.TwilioParameters.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: signature of webhooks. Lessons of twilio-node#321, #37, #924, twilio-python#751, yap#1589 and nestjs-twilio#81. */
class TwilioSignatureTest {

    private static final String URL = "https://bots.example.org/webhooks/twilio/k1";
    private static final List<Parameter> SOME = List.of(
            new Parameter("Body", "Größe & so\n+1 🙂"), new Parameter("AccountSid", "AC1"), new Parameter("Empty", ""));

    /** Computed with {@code printf '%s' "$URL""AccountSidAC1BodyGröße & so…Empty" | openssl dgst -sha1 -hmac token -binary | base64}. */
    private static String signed(String url) {
        return TwilioWebhook.sign("token", url, Map.of("Body", "Größe & so\n+1 🙂", "AccountSid", "AC1", "Empty", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://bots.example.org/a, https://bots.example.org/a",
        "https://bots.example.org:443/a, https://bots.example.org/a",
        "https://bots.example.org/a, https://bots.example.org:443/a",
        "http://bots.example.org:80/a, http://bots.example.org/a",
        "https://bots.example.org/a, https://bots.example.org:8443/a",
        "https://bots.example.org/a?x=%20%2B&y=ü, https://bots.example.org/a?x=%20%2B&y=ü",
    })
    void accepts_the_address_with_the_port_or_without(String called, String ours) {
        assertThat(TwilioSignature.matches("token", ours, SOME, signed(called))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bots.example.org/webhooks/twilio/k1",
                "https://bots.example.org/webhooks/twilio/k2",
                "https://bots.example.com/webhooks/twilio/k1",
                "https://bots.example.org/webhooks/twilio/k1?x=1",
                "https://bots.example.org:8443/webhooks/twilio/k1",
            })
    void refuses_what_was_signed_for_another_address(String called) {
        assertThat(TwilioSignature.matches("token", URL, SOME, signed(called))).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "=", "abc", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void refuses_a_header_that_is_no_signature(String header) {
        assertThat(TwilioSignature.matches("token", URL, SOME, header)).isFalse();
    }

    @Test
    void refuses_another_accounts_token_and_any_parameter_more_or_less() {
        assertThat(TwilioSignature.matches("token", URL, SOME, signed(URL))).isTrue();
        assertThat(TwilioSignature.matches("tokem", URL, SOME, signed(URL))).isFalse();
        assertThat(TwilioSignature.matches("token", URL, SOME.subList(0, 2), signed(URL)))
                .isFalse();
        List<Parameter> more = new ArrayList<>(SOME);
        more.add(new Parameter("To", "whatsapp:+1"));
        assertThat(TwilioSignature.matches("token", URL, more, signed(URL))).isFalse();
    }

    @Test
    void reads_a_form_as_it_was_signed() {
        TwilioParameters parameters = TwilioParameters.ofForm(
                "B=a+b%2Bc%26&A=&A=2&A=1&A=2&%C3%BC=%F0%9F%99%82&broken=%zz&flag".getBytes(StandardCharsets.UTF_8));

        assertThat(parameters.all())
                .containsExactly(
                        new Parameter("B", "a b+c&"),
                        new Parameter("A", ""),
                        new Parameter("A", "2"),
                        new Parameter("A", "1"),
                        new Parameter("A", "2"),
                        new Parameter("ü", "🙂"),
                        new Parameter("broken", "%zz"),
                        new Parameter("flag", ""));
    }

    @Test
    void wants_the_digest_of_a_body_that_is_no_form() {
        byte[] body = "{\"To\": \"whatsapp:+1\"}".getBytes(StandardCharsets.UTF_8);
        String digest = Sha256.hex(body);
        String url = URL + "?bodySHA256=" + digest;

        assertThat(TwilioSignature.matches("token", url, body, TwilioWebhook.sign("token", url, Map.of())))
                .isTrue();
        assertThat(TwilioSignature.matches("token", url, new byte[] {1}, TwilioWebhook.sign("token", url, Map.of())))
                .isFalse();
        assertThat(TwilioSignature.matches("token", URL, body, TwilioWebhook.sign("token", URL, Map.of())))
                .as("without a digest")
                .isFalse();
    }

    @Test
    void agrees_with_the_vectors_that_twilio_publishes() {
        List<Path> files = Recorded.files("twilio", "sig-vectors.json");
        assumeThat(files).as("no vectors beside the project").isNotEmpty();
        JsonNode vectors = JsonMapper.shared().readTree(Recorded.read(files.getFirst()));

        assertThat(vectors.size()).isGreaterThanOrEqualTo(19);
        for (JsonNode vector : vectors) {
            String token = vector.path("token").asString();
            String url = vector.path("url").asString();
            String signature = vector.path("signature").asString();
            List<Parameter> parameters = new ArrayList<>();
            vector.path("params")
                    .forEach(pair -> parameters.add(
                            new Parameter(pair.path(0).asString(), pair.path(1).asString())));
            boolean matches = vector.has("body")
                    ? TwilioSignature.matches(
                            token, url, vector.path("body").asString().getBytes(StandardCharsets.UTF_8), signature)
                    : TwilioSignature.matches(token, url, parameters, signature);
            assertThat(matches)
                    .as(vector.path("name").asString())
                    .isEqualTo(vector.path("valid").asBoolean());
        }
    }
}
