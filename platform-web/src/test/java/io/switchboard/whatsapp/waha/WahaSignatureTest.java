package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchboard.whatsapp.Recorded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: signature of webhooks. */
class WahaSignatureTest {

    private static final byte[] BODY =
            "{\"event\":\"message\",\"payload\":{\"body\":\"Grüße 🙂 \\/\"}}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = WahaWebhook.sign("key", BODY);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"sha512", "SHA512"})
    void accepts_the_bytes_as_they_came(String algorithm) {
        assertThat(WahaSignature.matches("key", BODY, SIGNATURE, algorithm)).isTrue();
        assertThat(WahaSignature.matches("key", BODY, SIGNATURE.toUpperCase(java.util.Locale.ROOT), algorithm))
                .isTrue();
    }

    @Test
    void refuses_another_key_other_bytes_and_another_algorithm() {
        byte[] rewritten = JsonMapper.shared().readTree(BODY).toString().getBytes(StandardCharsets.UTF_8);

        assertThat(rewritten).isNotEqualTo(BODY);
        assertThat(WahaSignature.matches("kez", BODY, SIGNATURE, "sha512")).isFalse();
        assertThat(WahaSignature.matches("key", rewritten, SIGNATURE, "sha512")).isFalse();
        assertThat(WahaSignature.matches("key", BODY, SIGNATURE, "sha1")).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "zz", "00", "sha512=00"})
    void refuses_a_header_that_is_no_signature(String header) {
        assertThat(WahaSignature.matches("key", BODY, header, "sha512")).isFalse();
    }

    @Test
    void agrees_with_the_vector_that_waha_publishes() {
        List<Path> files = Recorded.files("waha", "sig-vector.json");
        assumeThat(files).as("no vector beside the project").isNotEmpty();
        JsonNode vectors = JsonMapper.shared().readTree(Recorded.read(files.getFirst()));

        assertThat(vectors.size()).isPositive();
        for (JsonNode vector : vectors) {
            assertThat(WahaSignature.matches(
                            vector.path("key").asString(),
                            vector.path("body").asString().getBytes(StandardCharsets.UTF_8),
                            vector.path("x-webhook-hmac").asString(),
                            vector.path("x-webhook-hmac-algorithm").asString()))
                    .isEqualTo(vector.path("valid").asBoolean());
        }
    }

    /** Lessons of waha#2049, #1948 and #1996, and of every forged address. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "https://waha.example.org, http://localhost:3000/api/files/s/1.jpg, https://waha.example.org/api/files/s/1.jpg",
                "https://waha.example.org/, https://evil.example.com/api/files/s/1.jpg?a=b, https://waha.example.org/api/files/s/1.jpg?a=b",
                "https://example.org/waha, http://localhost:3000/api/files/1.jpg, https://example.org/waha/api/files/1.jpg",
                "https://example.org/waha, https://example.org/waha/api/files/1.jpg, https://example.org/waha/api/files/1.jpg",
                "https://waha.example.org, //169.254.169.254/latest, https://waha.example.org/latest",
                "https://waha.example.org, http://user@evil.example.com/x, https://waha.example.org/x",
                "https://waha.example.org, http://x/../../../etc, nothing",
                "https://waha.example.org, not an address, nothing",
                "https://waha.example.org, mailto:a@b, nothing",
                "https://waha.example.org, nothing, nothing",
            })
    void looks_for_files_in_the_tenants_own_waha_only(String base, String url, String expected) {
        assertThat(WahaAddress.inside(base, url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "false_4915550001@c.us_3EB0AA, 3EB0AA, 4915550001@c.us, false",
                "true_123@lid_3EB0AA_999@lid, 3EB0AA, 123@lid, true",
                "3EB0AA, 3EB0AA, nothing, false",
                "false_x_y, false_x_y, nothing, false",
            })
    void knows_a_message_by_its_own_part_of_the_id(String id, String message, String chat, boolean ours) {
        assertThat(WahaId.of(id)).isEqualTo(new WahaId(message, chat, ours));
    }

    /** Class "groups, stories, reactions answered": waha#2051, #1190, #1142, #1738, hermes-agent PR#25845. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "120363000000000000@g.us",
                "120363000000000000@newsletter",
                "status@broadcast",
                "1700000000@broadcast",
                "4915550001",
                "@c.us",
                "",
                "a b@c.us",
                "0@call",
            })
    void takes_no_group_channel_story_or_list_for_a_person(String id) {
        assertThat(WahaChat.of(id)).isEmpty();
    }
}
