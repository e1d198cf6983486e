package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist: ASVS 6.5.1. */
class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** The vectors of RFC 6238, appendix B, for SHA-1; the last six of their eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082", "1111111109, 081804", "1111111111, 050471",
        "1234567890, 005924", "2000000000, 279037", "20000000000, 353130"
    })
    void shows_what_the_standard_says(long second, String code) {
        Instant moment = Instant.ofEpochSecond(second);

        assertThat(Totp.code(SECRET, Totp.step(moment))).isEqualTo(code);
        assertThat(Totp.match(SECRET, code, moment)).hasValue(Totp.step(moment));
    }

    @Test
    void forgives_half_a_minute_and_no_more() {
        Instant moment = Instant.ofEpochSecond(1_234_567_890);
        String code = Totp.code(SECRET, Totp.step(moment));

        assertThat(Totp.match(SECRET, code, moment.minusSeconds(30))).isPresent();
        assertThat(Totp.match(SECRET, code, moment.plusSeconds(30))).isPresent();
        assertThat(Totp.match(SECRET, code, moment.minusSeconds(60))).isEmpty();
        assertThat(Totp.match(SECRET, code, moment.plusSeconds(60))).isEmpty();
        assertThat(Totp.match(SECRET, "", moment)).isEmpty();
    }
}
