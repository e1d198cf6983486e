package io.switchboard.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist: ASVS 13.3.1 and 13.3.4. */
class MasterKeysTest {

    private static final String ONE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
    private static final String TWO = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI=";

    @TempDir
    Path data;

    @Test
    void makes_a_key_once_that_only_its_owner_reads() throws IOException {
        MasterKey made = MasterKeys.of(settings(null, null)).current();

        assertThat(MasterKeys.of(settings(null, null)).current()).isEqualTo(made);
        assertThat(Files.getPosixFilePermissions(data.resolve("master.key")).toString())
                .isEqualTo("[OWNER_READ, OWNER_WRITE]");
    }

    @Test
    void takes_the_former_key_from_its_setting() {
        MasterKeys keys = MasterKeys.of(settings(TWO, ONE));

        assertThat(keys.current()).isEqualTo(MasterKey.parse("test", TWO));
        assertThat(keys.previous()).contains(MasterKey.parse("test", ONE));
        assertThat(keys.forgetPrevious()).as("a setting is the operator's").isFalse();
    }

    @Test
    void takes_the_former_key_from_its_file_and_deletes_it_when_nothing_needs_it() throws IOException {
        Files.writeString(data.resolve("master.key"), TWO + "\n");
        Files.writeString(data.resolve("master.key.previous"), ONE + "\n");

        MasterKeys keys = MasterKeys.of(settings(null, null));

        assertThat(keys.previous()).contains(MasterKey.parse("test", ONE));
        assertThat(keys.forgetPrevious()).isTrue();
        assertThat(MasterKeys.of(settings(null, null)).previous()).isEmpty();
    }

    @Test
    void changes_nothing_when_both_are_the_same() {
        assertThat(MasterKeys.of(settings(ONE, ONE)).previous()).isEmpty();
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertThatThrownBy(() -> MasterKeys.of(settings(ONE, "short")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_PREVIOUS_MASTER_KEY must be 32 bytes")
                .hasMessageNotContaining("short");
    }

    @Test
    void hides_the_key_and_tells_keys_apart_by_their_fingerprint() {
        MasterKey one = MasterKey.parse("test", ONE);

        assertThat(one).hasToString("MasterKey[hidden]");
        assertThat(one.fingerprint())
                .hasSize(16)
                .isNotEqualTo(MasterKey.parse("test", TWO).fingerprint());
        assertThat(settings(ONE, TWO).toString()).doesNotContain(ONE, TWO);
    }

    private InstallationSettings settings(@Nullable String key, @Nullable String previous) {
        return new InstallationSettings(data, null, key, previous, false, false);
    }
}
