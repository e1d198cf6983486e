package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: signature of webhooks. */
class MetaSignatureTest {

    /** Computed with {@code printf '%s' BODY | openssl dgst -sha256 -hmac switchboard-test}. */
    private static final String SIGNATURE = "sha256=6416565b6e866c0b3ad9dfc623a74fd5da418aac4e77075fc25e8a92fb6c838a";

    private static final byte[] BODY =
            "{\"text\":\"Gr\\u00fc\\u00dfe \\ud83d\\ude42 https:\\/\\/example.org\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void accepts_the_bytes_as_they_came() {
        assertThat(MetaSignature.matches("switchboard-test", BODY, SIGNATURE)).isTrue();
    }

    @Test
    void refuses_the_same_json_written_otherwise() {
        byte[] rewritten = JsonMapper.shared().readTree(BODY).toString().getBytes(StandardCharsets.UTF_8);

        assertThat(rewritten).isNotEqualTo(BODY);
        assertThat(MetaSignature.matches("switchboard-test", rewritten, SIGNATURE))
                .isFalse();
    }

    @Test
    void refuses_another_apps_secret() {
        assertThat(MetaSignature.matches("switchboard-tesu", BODY, SIGNATURE)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256",
                "sha256=zz",
                "sha1=6416565b6e866c0b3ad9dfc623a74fd5da418aac4e77075fc25e8a92fb6c838a",
                "6416565b6e866c0b3ad9dfc623a74fd5da418aac4e77075fc25e8a92fb6c838a",
                "sha256=6416565b6e866c0b3ad9dfc623a74fd5da418aac4e77075fc25e8a92fb6c838a00"
            })
    void refuses_a_header_that_is_no_signature(String header) {
        assertThat(MetaSignature.matches("switchboard-test", BODY, header)).isFalse();
    }

    @Test
    void agrees_with_the_vectors_of_others() throws IOException {
        Path directory = Fixtures.directory();
        assumeThat(directory).as("no recorded deliveries beside the project").isNotNull();
        JsonNode vectors = JsonMapper.shared().readTree(Files.readAllBytes(directory.resolve("sig-vectors.json")));

        assertThat(vectors.size()).isGreaterThan(2);
        for (JsonNode vector : vectors) {
            byte[] body = vector.has("body_file")
                    ? Files.readAllBytes(
                            directory.resolve(vector.path("body_file").asString()))
                    : vector.path("body_utf8").asString().getBytes(StandardCharsets.UTF_8);
            assertThat(MetaSignature.matches(
                            vector.path("secret").asString(),
                            body,
                            vector.path("header").asString()))
                    .as(vector.path("name").asString())
                    .isEqualTo(vector.path("valid").asBoolean());
        }
    }
}
