package io.switchboard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantCreation;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: ASVS 11.3.2 to 11.3.4. */
@SwitchboardTest
class SecretsServiceTest {

    private static final String SECRET = "EAAG-token-ß-✓";

    @Autowired
    SecretsService secrets;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void gives_back_what_was_encrypted() {
        SecretContext place = new SecretContext(tenant(), "channel", "credentials", "1");

        byte[] ciphertext = secrets.encrypt(place, SECRET);

        assertThat(secrets.decrypt(place, ciphertext)).isEqualTo(SECRET);
        assertThat(new String(ciphertext, StandardCharsets.ISO_8859_1)).doesNotContain("token");
        assertThat(secrets.encrypt(place, SECRET)).isNotEqualTo(ciphertext);
    }

    @Test
    void refuses_a_ciphertext_in_any_other_place() {
        TenantId tenant = tenant();
        TenantId other = tenant();
        byte[] ciphertext = secrets.encrypt(new SecretContext(tenant, "channel", "credentials", "1"), SECRET);
        secrets.encrypt(new SecretContext(other, "channel", "credentials", "1"), SECRET);

        List<SecretContext> elsewhere = List.of(
                new SecretContext(tenant, "channel", "credentials", "2"),
                new SecretContext(tenant, "channel", "other", "1"),
                new SecretContext(tenant, "bot", "credentials", "1"),
                new SecretContext(other, "channel", "credentials", "1"),
                new SecretContext(tenant(), "channel", "credentials", "1"));

        assertThat(elsewhere)
                .allSatisfy(place -> assertThatIllegalStateException()
                        .isThrownBy(() -> secrets.decrypt(place, ciphertext))
                        .withMessageContaining(place.table()));
    }

    @Test
    void refuses_a_ciphertext_that_was_changed() {
        SecretContext place = new SecretContext(tenant(), "channel", "credentials", "1");
        byte[] ciphertext = secrets.encrypt(place, SECRET);
        ciphertext[ciphertext.length - 1] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> secrets.decrypt(place, ciphertext));
    }

    @Test
    void agrees_on_one_key_when_many_encrypt_for_the_first_time() throws Exception {
        SecretContext place = new SecretContext(tenant(), "channel", "credentials", "1");
        List<byte[]> ciphertexts;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<byte[]>> work = IntStream.range(0, 8)
                    .<Callable<byte[]>>mapToObj(i -> () -> secrets.encrypt(place, SECRET))
                    .toList();
            ciphertexts =
                    threads.invokeAll(work).stream().map(Future::resultNow).toList();
        }

        assertThat(ciphertexts)
                .hasSize(8)
                .allSatisfy(ciphertext ->
                        assertThat(secrets.decrypt(place, ciphertext)).isEqualTo(SECRET));
    }

    @Test
    void keeps_no_key_of_a_transaction_that_was_rolled_back() {
        SecretContext place = new SecretContext(tenant(), "channel", "credentials", "1");
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.run(place.tenant(), () -> {
                    secrets.encrypt(place, SECRET);
                    throw new IllegalStateException("rolled back");
                }));

        byte[] ciphertext = secrets.encrypt(place, SECRET);

        assertThat(secrets.decrypt(place, ciphertext)).isEqualTo(SECRET);
    }

    @Test
    void does_not_show_another_tenants_keyset() {
        TenantId tenant = tenant();
        secrets.encrypt(new SecretContext(tenant, "channel", "credentials", "1"), SECRET);

        List<UUID> seen = transactions.call(
                tenant(),
                () -> jdbc.sql("select tenant_id from tenant_keyset")
                        .query(UUID.class)
                        .list());

        assertThat(seen).isEmpty();
    }

    private TenantId tenant() {
        Slug slug = new Slug("s-" + UUID.randomUUID().toString().substring(0, 13));
        TenantCreation created = tenancy.create(new NewTenant("Tenant " + slug, slug, "standard"));
        return ((TenantCreation.Created) created).tenant().id();
    }
}
