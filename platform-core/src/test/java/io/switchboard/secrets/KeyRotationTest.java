package io.switchboard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.database.SystemDatabase;
import io.switchboard.installation.MasterKey;
import io.switchboard.installation.MasterKeys;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: ASVS 11.3.2 to 11.3.4, 13.3.4: the master key can be changed, and the former one opens nothing afterwards. */
@SwitchboardTest
class KeyRotationTest {

    @Autowired
    MasterKeys installed;

    @Autowired
    SystemDatabase system;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    TenancyService tenancy;

    @Autowired
    JdbcClient jdbc;

    private final MasterKey next = newKey();
    private MasterKey former;
    private SecretContext first;
    private SecretContext second;
    private byte[] firstSecret;
    private byte[] secondSecret;
    private byte[] peoplesSecret;

    @BeforeEach
    void encrypt() throws GeneralSecurityException {
        former = installed.current();
        first = new SecretContext(TestTenants.on(tenancy, "standard"), "channel", "credentials", "1");
        second = new SecretContext(TestTenants.on(tenancy, "standard"), "channel", "credentials", "1");
        firstSecret = secrets(former, null).encrypt(first, "EAAG-first");
        secondSecret = secrets(former, null).encrypt(second, "EAAG-second");
        peoplesSecret = installation(former, null).encrypt("second_factor", "secret", "1", new byte[] {1, 2, 3});
    }

    /** Other tests of this program go on with its own key. */
    @AfterEach
    void rotateBack() throws GeneralSecurityException {
        rotation(former, next).afterSingletonsInstantiated();
    }

    @Test
    void reads_with_both_keys_while_the_change_is_under_way() throws GeneralSecurityException {
        keys(next, former).rewrap(first.tenant()); // then the program was killed

        SecretsService both = secrets(next, former);
        assertThat(both.decrypt(first, firstSecret)).isEqualTo("EAAG-first");
        assertThat(both.decrypt(second, secondSecret)).isEqualTo("EAAG-second");
    }

    @Test
    void finishes_a_change_that_was_cut_short_and_may_be_repeated() throws GeneralSecurityException {
        keys(next, former).rewrap(first.tenant());

        rotation(next, former).afterSingletonsInstantiated();
        rotation(next, former).afterSingletonsInstantiated();

        SecretsService after = secrets(next, null);
        assertThat(after.decrypt(first, firstSecret)).isEqualTo("EAAG-first");
        assertThat(after.decrypt(second, secondSecret)).isEqualTo("EAAG-second");
        assertThat(fingerprints(second.tenant())).isEqualTo(next.fingerprint());
        assertThat(installation(next, null).decrypt("second_factor", "secret", "1", peoplesSecret))
                .containsExactly(1, 2, 3);
    }

    @Test
    void leaves_nothing_that_the_former_key_opens() throws GeneralSecurityException {
        rotation(next, former).afterSingletonsInstantiated();

        SecretsService stolen = secrets(former, null);
        assertThatIllegalStateException().isThrownBy(() -> stolen.decrypt(first, firstSecret));
        assertThatIllegalStateException().isThrownBy(() -> stolen.decrypt(second, secondSecret));
        assertThatIllegalStateException().isThrownBy(() -> stolen.encrypt(first, "new"));
        InstallationSecretsService stolenToo = installation(former, null);
        assertThatIllegalStateException()
                .isThrownBy(() -> stolenToo.decrypt("second_factor", "secret", "1", peoplesSecret));
    }

    @Test
    void refuses_to_start_with_a_key_that_opens_nothing() {
        assertThatThrownBy(() -> rotation(next, null).afterSingletonsInstantiated())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_PREVIOUS_MASTER_KEY");
    }

    private KeyRotation rotation(MasterKey current, @Nullable MasterKey previous) throws GeneralSecurityException {
        return new KeyRotation(
                system,
                keys(current, previous),
                installation(current, previous),
                wrapping(current, previous),
                MasterKeys.of(current, previous));
    }

    private SecretsService secrets(MasterKey current, @Nullable MasterKey previous) throws GeneralSecurityException {
        return new SecretsService(keys(current, previous));
    }

    private TenantKeys keys(MasterKey current, @Nullable MasterKey previous) throws GeneralSecurityException {
        return new TenantKeys(transactions, jdbc, wrapping(current, previous));
    }

    private InstallationSecretsService installation(MasterKey current, @Nullable MasterKey previous)
            throws GeneralSecurityException {
        return new InstallationSecretsService(system, wrapping(current, previous));
    }

    private static KeyWrapping wrapping(MasterKey current, @Nullable MasterKey previous)
            throws GeneralSecurityException {
        return new KeyWrapping(MasterKeys.of(current, previous));
    }

    private String fingerprints(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select wrapped_by from tenant_keyset where tenant_id = ?")
                        .param(tenant.value())
                        .query(String.class)
                        .single());
    }

    private static MasterKey newKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return MasterKey.parse("test", Base64.getEncoder().encodeToString(bytes));
    }
}
